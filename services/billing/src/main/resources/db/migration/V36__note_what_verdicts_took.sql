-- What verdicts took from earnings that were still held, by the batch that did it. Entries are netted: they do not show
-- it. Until that batch's own hold is over it counts against what is released.
create table earning_taken (
    operator_id text   not null,
    batch_id    bigint not null references ledger_batch,
    nano        bigint not null check (nano > 0),
    primary key (operator_id, batch_id)
);
