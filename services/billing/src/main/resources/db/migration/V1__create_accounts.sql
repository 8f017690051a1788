-- Customers, who are nothing but holders of keys, and the keys, of which only the hash is kept.
create table account (
    id         text        primary key,
    rate_cap   integer     check (rate_cap > 0),
    created_at timestamptz not null default now()
);

create table account_key (
    id         text        primary key,
    account_id text        not null references account,
    hash       text        not null unique check (hash ~ '^[0-9a-f]{64}$'),
    name       text        not null,
    scope      text        not null check (scope in ('query', 'manage')),
    max_price  bigint      check (max_price > 0),
    daily_cap  bigint      check (daily_cap > 0),
    rate_cap   integer     check (rate_cap > 0),
    created_at timestamptz not null default now(),
    revoked_at timestamptz
);

create index account_key_account on account_key (account_id, created_at, id);
