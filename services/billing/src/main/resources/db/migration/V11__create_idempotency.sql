-- Answers to requests that moved money, kept for 24 hours under the key that the client chose.
create table idempotency_answer (
    holder      text        not null,
    key         text        not null,
    fingerprint text        not null,
    answer      text,
    created_at  timestamptz not null default now(),
    primary key (holder, key)
);

create index idempotency_answer_age on idempotency_answer (holder, created_at);
