-- How far the earnings of an operator have been followed out of their hold.
create table earning_hold (
    operator_id text   primary key,
    -- The last batch whose hold is over.
    through     bigint not null,
    -- What was due then and could not be released: verdicts had taken it meanwhile.
    due         bigint not null
);

-- Operators' held earnings among all accounts; no balance is in it, so that an update need not touch it.
create index ledger_account_held on ledger_account (id) where name like 'operator:%:held';
