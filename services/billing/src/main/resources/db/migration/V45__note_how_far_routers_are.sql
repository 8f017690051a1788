-- How far each start of a router says that it is, with every call for credit: what it has journalled, and what of that
-- Kafka has acknowledged. Reconciliation holds both against what is posted.
create table stream_progress (
    router       integer     not null,
    incarnation  integer     not null,
    journaled    bigint      not null check (journaled >= 0),
    acknowledged bigint      not null check (acknowledged >= 0),
    told_at      timestamptz not null default now(),
    primary key (router, incarnation),
    foreign key (router, incarnation) references stream
) with (fillfactor = 60);
