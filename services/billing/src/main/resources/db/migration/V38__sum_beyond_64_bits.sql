-- Gross sums count asks that were never charged: no deposit bounds them.
alter table usage_method alter charged type numeric, alter refunded type numeric;
alter table usage_operator alter charged type numeric, alter refunded type numeric;
alter table usage_earned alter charged type numeric, alter refunded type numeric, alter earned type numeric;

-- What was traded in each class in each hour: what long histories are made of, and all that is left of old minutes.
create table market_hour (
    hour        timestamptz not null,
    query_class text        not null,
    router      integer     not null,
    queries     bigint      not null,
    charged     numeric     not null,
    primary key (query_class, hour, router)
) with (fillfactor = 60);

insert into market_hour (hour, query_class, router, queries, charged)
select date_trunc('hour', minute, 'UTC'), query_class, router, sum(queries), sum(charged)
from market_minute group by 1, 2, 3;
