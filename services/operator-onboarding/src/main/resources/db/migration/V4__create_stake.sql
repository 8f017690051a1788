-- What operators have at stake, in nano-STRM, and how it came in. Unbondings are on their way out.
create table stake (
    operator_id  text collate "C" primary key references operator,
    bonded       bigint not null default 0 check (bonded >= 0),
    escrowed     bigint not null default 0 check (escrowed >= 0),
    withdrawable bigint not null default 0 check (withdrawable >= 0)
);

create table stake_deposit (
    deposit_id   text        primary key,
    operator_id  text collate "C" not null references operator,
    amount       bigint      not null check (amount > 0),
    rail         text        not null,
    status       text        not null check (status in ('PENDING', 'CREDITED', 'FAILED')),
    deposited_at timestamptz not null
);

create index stake_deposit_operator_id on stake_deposit (operator_id);

create table stake_unbonding (
    unbonding_id text        primary key,
    operator_id  text collate "C" not null references operator,
    amount       bigint      not null check (amount > 0),
    available_at timestamptz not null
);

create index stake_unbonding_operator_id on stake_unbonding (operator_id);
