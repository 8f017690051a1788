-- Scores as they are kept: a decayed mean per measure and subject (a node, or an operator), and tallies that never decay.

create table score_mean (
    subject     text collate "C" not null,
    measure     text collate "C" not null check (measure in ('PERFORMANCE', 'ACCURACY', 'UPTIME')),
    query_class text collate "C" not null, -- empty where the measure has no classes
    sum         double precision not null check (sum >= 0),
    weight      double precision not null check (weight >= 0),
    at          timestamptz      not null,
    moved       boolean          not null, -- since the last publication took note
    primary key (subject, measure, query_class)
);

create index score_mean_moved on score_mean (subject) where moved;

create table score_tally (
    subject     text   not null,
    tally       text   not null check (tally in ('CONFIRMED_ANSWERS', 'CONFLICTS')),
    query_class text   not null,
    count       bigint not null check (count >= 0),
    primary key (subject, tally, query_class)
);
