-- Money on its way in. A payment counts once, whatever its rail reports.
create table deposit (
    id          text        primary key,
    account_id  text        not null references account,
    asset       text        not null check (asset = 'USDC'),
    amount      bigint      not null check (amount > 0),
    rail        text        not null,
    status      text        not null check (status in ('PENDING', 'CREDITED', 'FAILED')),
    payment_id  text,
    created_at  timestamptz not null default now(),
    credited_at timestamptz,
    constraint deposit_payment_once unique (rail, payment_id),
    check ((status = 'CREDITED') = (credited_at is not null and payment_id is not null))
);

create index deposit_account on deposit (account_id, created_at);
