-- A node's scores hour by hour, in millionths as they were last in the hour.

create table publication_history (
    node_id        text collate "C" not null,
    hour           timestamptz      not null,
    performance    integer          not null,
    accuracy       integer          not null,
    uptime         integer          not null,
    verified_races bigint           not null,
    flagged        boolean          not null,
    primary key (node_id, hour)
);

create index publication_history_hour on publication_history (hour);
