-- What customers want to be told of their balance, and what they have been told.
create table alert_watch (
    account_id     text    primary key references account,
    low_balance    bigint  check (low_balance > 0),
    runway_minutes integer check (runway_minutes > 0),
    webhook_url    text,
    secret         text, -- of signatures, which need it as it is
    -- Told since it was crossed, and not crossed back yet.
    low_told       boolean not null default false,
    runway_told    boolean not null default false,
    version        bigint  not null default 0,
    check ((webhook_url is null) = (secret is null))
);

create table alert_delivery (
    number      bigint generated always as identity unique,
    id          text        primary key,
    account_id  text        not null references account,
    type        text        not null,
    body        text        not null,
    status      text        not null check (status in ('PENDING', 'DELIVERED', 'FAILED')),
    created_at  timestamptz not null,
    -- When a worker takes it up: nobody else does before.
    next_try_at timestamptz not null,
    tries       integer     not null default 0,
    last_answer text
);

create index alert_delivery_due on alert_delivery (next_try_at) where status = 'PENDING';
create index alert_delivery_account on alert_delivery (account_id, number);
create index alert_delivery_age on alert_delivery (created_at) where status <> 'PENDING';
