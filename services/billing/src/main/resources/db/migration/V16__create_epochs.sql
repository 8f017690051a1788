-- What routers promised and revealed of their epochs, what they worked from, and how they skipped those they drew.
create table epoch_secret (
    epoch       bigint  not null,
    router      integer not null,
    incarnation integer not null,
    commitment  text    not null check (commitment ~ '^[0-9a-f]{64}$'),
    secret      text    check (secret ~ '^[0-9a-f]{64}$'),
    primary key (epoch, router, incarnation)
);

create table epoch_snapshot (
    epoch       bigint      not null,
    router      integer     not null,
    incarnation integer     not null,
    hash        text        not null,
    taken_at    timestamptz not null,
    primary key (epoch, router, incarnation, hash)
);

create table epoch_draw (
    epoch       bigint  not null,
    router      integer not null,
    incarnation integer not null,
    operator_id text    not null,
    drawn       bigint  not null,
    skipped     bigint  not null,
    primary key (epoch, router, incarnation, operator_id)
) with (fillfactor = 60);
