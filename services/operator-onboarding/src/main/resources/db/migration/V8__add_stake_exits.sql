-- How stake leaves: unbondings end one way or the other and are kept, withdrawals leave by the rail that stake came in by.
alter table stake_unbonding
    add column state text not null default 'UNBONDING' check (state in ('UNBONDING', 'CANCELLED', 'MATURED'));

create table stake_withdrawal (
    withdrawal_id text        primary key,
    operator_id   text collate "C" not null references operator,
    amount        bigint      not null check (amount > 0),
    rail          text        not null,
    destination   text        not null,
    status        text        not null check (status in ('PENDING', 'PAID', 'FAILED')),
    requested_at  timestamptz not null
);

create index stake_withdrawal_operator_id on stake_withdrawal (operator_id);
