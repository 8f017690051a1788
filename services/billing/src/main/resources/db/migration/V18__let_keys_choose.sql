-- What a key's queries get that wish for nothing else, and what it may have open. Null: the market's own rule.
alter table account_key
    add max_latency_ms    integer check (max_latency_ms > 0),
    add prefer            text    check (prefer in ('fastest', 'balanced', 'cheapest')),
    add racers            text    check (racers ~ '^[1-5](\+[1-4])?$'),
    add quorum            boolean,
    add operators         text[]  check (cardinality(operators) between 1 and 100),
    add exclude_operators text[]  check (cardinality(exclude_operators) between 1 and 100),
    add max_subscriptions integer check (max_subscriptions >= 0),
    add max_connections   integer check (max_connections >= 0);
