-- What was asked of each class in each minute. A router's rows are its own: two streams never wait for each other.
create table market_minute (
    minute      timestamptz not null,
    query_class text        not null,
    router      integer     not null,
    queries     bigint      not null,
    charged     bigint      not null,
    sla_asked   bigint      not null,
    sla_met     bigint      not null,
    refunds     bigint      not null,
    primary key (minute, query_class, router)
) with (fillfactor = 60);

create index market_minute_class on market_minute (query_class, minute);

-- What each class was sold for: as the last snapshot of a minute says. A minute without a row is like the one before.
create table market_book (
    query_class text        not null,
    minute      timestamptz not null,
    taken_at    timestamptz not null,
    best        bigint,
    median      bigint,
    asks        integer     not null,
    capacity    bigint      not null,
    primary key (query_class, minute)
);
