-- The checks: when a node's next round is due, what came out of the latest, and the chain that the first admitted node fixed.
create table admission_schedule (
    node_id       text collate "C" primary key references node,
    next_round_at timestamptz not null,
    failing_since timestamptz
);

create index admission_schedule_next_round_at on admission_schedule (next_round_at);

create table admission_check (
    node_id    text collate "C" not null references node,
    "check"    text not null
        check ("check" in ('ENDPOINT_CONTROL', 'GENESIS', 'TIP_LAG', 'CONFORMANCE', 'LATENCY')),
    outcome    text not null check (outcome in ('PASSED', 'FAILED', 'PENDING')),
    detail     text not null,
    remedy     text,
    checked_at timestamptz,
    primary key (node_id, "check")
);

create table admission_genesis (
    only_one boolean     primary key default true check (only_one),
    hash     text        not null,
    node_id  text collate "C" not null references node,
    fixed_at timestamptz not null
);
