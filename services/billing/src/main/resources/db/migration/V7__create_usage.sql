-- Hourly sums. Charged counts the asks of all answered races, refunded what of it was given back or never taken.
create table usage_method (
    account_id text        not null,
    hour       timestamptz not null,
    method     text        not null,
    queries    bigint      not null,
    charged    bigint      not null,
    refunded   bigint      not null,
    primary key (account_id, hour, method)
) with (fillfactor = 70);

create table usage_operator (
    account_id  text        not null,
    hour        timestamptz not null,
    operator_id text        not null, -- empty where nobody answered
    queries     bigint      not null,
    charged     bigint      not null,
    refunded    bigint      not null,
    primary key (account_id, hour, operator_id)
) with (fillfactor = 70);

create table usage_class (
    operator_id text        not null,
    hour        timestamptz not null,
    query_class text        not null,
    wins        bigint      not null,
    charged     bigint      not null,
    refunded    bigint      not null,
    earned      bigint      not null,
    primary key (operator_id, hour, query_class)
) with (fillfactor = 70);
