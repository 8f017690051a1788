-- How far each router stream has been observed: a record below the next position is a repetition.

create table observation_stream (
    router        integer not null,
    incarnation   integer not null,
    next_position bigint  not null check (next_position >= 0),
    primary key (router, incarnation)
);
