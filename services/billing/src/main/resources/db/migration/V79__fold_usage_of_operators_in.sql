-- Where every customer's races are won by many operators, nearly each race of a batch changes a sum of its own.
-- What a batch adds is appended as one row, and folded into the sums for many batches at once (decision 62).
create table usage_batch (
    id           bigint   generated always as identity primary key,
    account_ids  text[]   not null,
    hours        bigint[] not null, -- seconds since 1970 at their beginnings
    operator_ids text[]   not null,
    queries      bigint[] not null,
    charged      bigint[] not null,
    refunded     bigint[] not null
);

-- The sums, whether folded in yet or not.
create view usage_by_operator as
select account_id, hour, operator_id, queries, charged, refunded from usage_operator
union all
select one.account_id, to_timestamp(one.hour), one.operator_id, one.queries, one.charged::numeric, one.refunded::numeric
from usage_batch b,
    unnest(b.account_ids, b.hours, b.operator_ids, b.queries, b.charged, b.refunded)
        as one (account_id, hour, operator_id, queries, charged, refunded);
