-- What each subscription has come to, so that a customer sees what it paid for. Summed up as records are posted.
create table subscription (
    place           bigint generated always as identity unique,
    subscription_id text        primary key check (subscription_id ~ '^[0-9a-f]{32}$'),
    account_id      text        not null,
    method          text        not null,
    operator_id     text        not null, -- who served it last
    opened_at       timestamptz not null,
    last_charged_at timestamptz not null,
    notifications   bigint      not null check (notifications >= 0),
    charged         bigint      not null check (charged >= 0)
) with (fillfactor = 60);

create index subscription_account on subscription (account_id, place);
