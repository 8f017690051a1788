-- The earlier starts whose streams the router still sends. Null while its latest start has not said: then it may send all.
alter table stream_router add forwarding integer[];

-- For how long each stream has been silent while it was looked after: counts go on where an instance that ended left them.
-- They hold for what was heard last, which is told_at and next_position. No foreign key: posting must not wait for it.
create table stream_silence (
    router        integer not null,
    incarnation   integer not null,
    told_at       timestamptz,
    next_position bigint  not null,
    silent_millis bigint  not null check (silent_millis >= 0),
    -- Of streamsync.races when the stream was looked after first; null where Kafka did not say. With the key and what it
    -- is now this says where the stream's frames can be.
    partitions    integer,
    primary key (router, incarnation)
) with (fillfactor = 60);
