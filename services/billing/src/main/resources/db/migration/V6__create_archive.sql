-- Frames as they arrived, and where to find a race in them. Partitions by UTC day are created by the service.
create table archive_frame (
    posted_on      date    not null,
    router         integer not null,
    incarnation    integer not null,
    first_position bigint  not null,
    next_position  bigint  not null,
    frame          bytea   not null, -- deflated
    primary key (router, incarnation, first_position, posted_on)
) partition by range (posted_on);

-- Compressed already.
alter table archive_frame alter column frame set storage external;

create table archive_race (
    router      integer     not null,
    incarnation integer     not null,
    sequence    bigint      not null,
    occurred_at timestamptz not null,
    position    bigint      not null,
    posted_on   date        not null,
    account_id  text        not null,
    charged     bigint      not null,
    batch       text,
    batch_index integer     not null,
    primary key (router, incarnation, sequence, occurred_at)
) partition by range (occurred_at);

create index archive_race_account on archive_race (account_id, occurred_at, router, incarnation, sequence);
create index archive_race_batch on archive_race (account_id, batch, batch_index) where batch is not null;

create table archive_verdict (
    router      integer     not null,
    incarnation integer     not null,
    sequence    bigint      not null,
    occurred_at timestamptz not null,
    position    bigint      not null,
    posted_on   date        not null,
    primary key (router, incarnation, sequence, occurred_at)
) partition by range (occurred_at);

create table archive_snapshot (
    hash       text        primary key,
    canonical  text        not null,
    taken_at   timestamptz not null
);
