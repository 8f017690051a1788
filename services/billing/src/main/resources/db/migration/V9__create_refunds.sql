-- Every refund, once per race. What was never charged is listed too, but reverses nothing.
create table refund (
    id          bigint generated always as identity primary key,
    refund_id   text        not null unique,
    race_id     text        not null unique,
    router      integer     not null,
    incarnation integer     not null,
    sequence    bigint      not null,
    account_id  text        not null,
    reason      text        not null check (reason in ('SLA_MISSED', 'NO_ANSWER', 'WRONG_ANSWER')),
    amount      bigint      not null check (amount >= 0),
    charged     bigint      not null check (charged >= 0),
    reversed    bigint      not null,
    occurred_at timestamptz not null,
    constraint refund_once_per_race unique (router, incarnation, sequence),
    constraint refund_within_the_fee check (reversed between 0 and charged)
);

create index refund_account on refund (account_id, id);
