-- The answers to requests with an Idempotency-Key, given again to repetitions for 24 hours.
create table idempotent_answer (
    owner       text        not null,
    key         text        not null,
    fingerprint text        not null,
    answer      text,
    created_at  timestamptz not null,
    primary key (owner, key)
);

create index idempotent_answer_created_at on idempotent_answer (created_at);
