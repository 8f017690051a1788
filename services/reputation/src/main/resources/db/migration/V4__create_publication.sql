-- What was published last of each node, and when the last round was: nothing is told twice, nor more often than allowed.

create table publication_score (
    node_id text  not null primary key,
    score   jsonb not null
);

create table publication_round (
    singleton    boolean     not null primary key default true check (singleton),
    at           timestamptz not null,
    refreshed_at timestamptz not null
);

insert into publication_round (at, refreshed_at) values ('1970-01-01Z', '1970-01-01Z');
