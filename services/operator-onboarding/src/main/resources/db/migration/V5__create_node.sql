-- Nodes and what they ask. An ask belongs to a node and a class; its price is in nano-USDC.
create table node (
    node_id             text collate "C" primary key,
    operator_id         text collate "C" not null references operator,
    endpoint            text        not null,
    web_socket_endpoint text,
    headers             jsonb       not null,
    addresses           text[]      not null,
    region              text,
    state               text        not null
        check (state in ('CHECKING', 'PROBATION', 'ACTIVE', 'FAILED', 'DRAINING', 'DELISTED')),
    identity            text,
    since               timestamptz not null,
    created_at          timestamptz not null,
    version             integer     not null default 0
);

create index node_operator_id on node (operator_id, node_id);
create index node_state on node (state);

create table node_ask (
    node_id        text collate "C" not null references node,
    query_class    text    not null check (query_class in ('lookup', 'scan', 'archive', 'compressed', 'submit')),
    price          bigint  not null check (price > 0),
    max_latency_ms integer not null check (max_latency_ms between 1 and 60000),
    capacity       integer not null check (capacity > 0),
    primary key (node_id, query_class)
);
