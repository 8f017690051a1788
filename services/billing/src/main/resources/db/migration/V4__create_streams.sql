-- Routers and the streams of their starts. The stream's row is dedupe, offset and fence of posting in one.
create table stream_router (
    router      integer     primary key check (router between 0 and 65535),
    incarnation integer     not null check (incarnation between 1 and 65535),
    seen_at     timestamptz not null default now()
);

create table stream (
    router        integer     not null check (router between 0 and 65535),
    incarnation   integer     not null check (incarnation between 0 and 65535),
    next_position bigint      not null default 0 check (next_position >= 0),
    -- Verifiers' shares of races whose VERIFIED has not come yet.
    unverified    bigint      not null default 0 check (unverified >= 0),
    ended_at      timestamptz,
    primary key (router, incarnation)
) with (fillfactor = 60);
