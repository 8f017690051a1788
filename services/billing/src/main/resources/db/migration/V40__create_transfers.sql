-- Money on its way out. What a rail may carry is what came in by it, over all customers and for each of them, and no
-- program can have it carry more.
create table rail_funds (
    rail     text   primary key,
    came_in  bigint not null default 0,
    went_out bigint not null default 0,
    constraint rail_funds_covered check (went_out between 0 and came_in)
);

create table rail_customer_funds (
    account_id text   not null references account,
    rail       text   not null,
    came_in    bigint not null default 0,
    went_out   bigint not null default 0,
    primary key (account_id, rail),
    constraint rail_customer_funds_covered check (went_out between 0 and came_in)
);

insert into rail_funds (rail, came_in)
select rail, sum(amount)::bigint from deposit where status = 'CREDITED' group by rail;

insert into rail_customer_funds (account_id, rail, came_in)
select account_id, rail, sum(amount)::bigint from deposit where status = 'CREDITED' group by account_id, rail;

create table transfer (
    number       bigint generated always as identity unique,
    id           text        primary key, -- the rail knows the transfer by it, too
    kind         text        not null check (kind in ('WITHDRAWAL', 'PAYOUT')),
    holder       text        not null,    -- a customer or an operator
    asset        text        not null check (asset = 'USDC'),
    amount       bigint      not null check (amount > 0),
    rail         text        not null,
    destination  text        not null,
    status       text        not null check (status in ('WAITING', 'PENDING', 'PAID', 'FAILED', 'CANCELLED')),
    requested_at timestamptz not null,
    available_at timestamptz not null,
    -- When a worker takes it up: nobody else does before.
    next_try_at  timestamptz not null,
    tries        integer     not null default 0,
    settled_at   timestamptz,
    payment_id   text,
    reason       text,
    -- What a rail reported against what was settled: somebody has to look at it.
    contradiction text,
    check ((settled_at is not null) = (status in ('PAID', 'FAILED', 'CANCELLED'))),
    check ((payment_id is not null) = (status = 'PAID'))
);

create index transfer_due on transfer (next_try_at) where status in ('WAITING', 'PENDING');
create index transfer_holder on transfer (kind, holder, number);
