-- Events leave and arrive in the transaction of their effect: one row per event on its way out, one per event taken in.
create table outbox_message (
    id         bigint generated always as identity primary key,
    topic      text        not null,
    key        text        not null,
    value      bytea       not null,
    created_at timestamptz not null default now()
);

create table inbox_event (
    consumer   text        not null,
    event_id   text        not null,
    taken_at   timestamptz not null default now(),
    primary key (consumer, event_id)
);

create index inbox_event_taken_at on inbox_event (taken_at);
