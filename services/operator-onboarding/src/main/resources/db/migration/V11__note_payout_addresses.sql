-- When an operator changed its payout address; none: it is the one of its registration.
create table payout_address (
    operator_id text collate "C" primary key references operator on delete cascade,
    changed_at  timestamptz not null
);
