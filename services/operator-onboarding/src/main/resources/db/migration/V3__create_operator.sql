-- Operators: one per wallet. Ids compare by their bytes, as in the protocol.
create table operator (
    operator_id     text collate "C" primary key,
    wallet          text        not null unique,
    name            text        not null,
    payout_address  text        not null,
    website         text,
    state           text        not null
        check (state in ('REGISTERED', 'STAKED', 'ACTIVE', 'EXITING', 'EXITED', 'DELISTED')),
    invitation_hash text unique,
    created_at      timestamptz not null,
    version         integer     not null default 0
);

-- What an operator counts as when it shares something with others. Apart from the operator: it changes by what others do.
create table operator_group (
    operator_id text collate "C" primary key references operator,
    counts_as   text collate "C" not null references operator
);
