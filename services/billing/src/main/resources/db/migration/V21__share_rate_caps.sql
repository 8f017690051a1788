-- Which routers use up a rate cap right now, told twice a second. Nothing is lost with it: it is true for three seconds.
create unlogged table credit_rate_use (
    account_id text        not null,
    key_id     text        not null, -- empty for the account's own cap
    router     integer     not null,
    seen_at    timestamptz not null,
    primary key (account_id, key_id, router)
) with (fillfactor = 60);
