-- What a settlement needs of a frame, so that sealing reads no frames: the hashes of its leaves (32 bytes each), what its
-- records come to, and the versions of the parameters that they name. Null in frames of earlier releases.
alter table archive_frame
    add leaf_hashes bytea,
    add sums        bigint[],
    add versions    text[];
alter table archive_frame alter column leaf_hashes set storage external; -- no hash can be compressed

-- A stream that was opened after a window's end has nothing of that window.
alter table stream add opened_at timestamptz not null default now();

-- Where each stream passed the end of an epoch.
create table settlement_mark (
    router        integer not null,
    incarnation   integer not null,
    epoch         bigint  not null,
    next_position bigint  not null, -- behind the mark
    primary key (router, incarnation, epoch)
);

-- The window that each stream is in: its first position, and the first epoch whose end the stream has not passed.
alter table stream
    add window_from  bigint not null default 0,
    add window_epoch bigint not null default 0;
