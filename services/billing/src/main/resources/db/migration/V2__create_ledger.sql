-- The books. Rules that no program may break are kept here: entries are only ever inserted, a batch sums to zero per
-- asset, a batch is booked once, and no account but the named ones goes below zero.
create table ledger_account (
    id      bigint generated always as identity primary key,
    name    text   not null,
    asset   text   not null check (asset in ('USDC', 'STRM')),
    balance bigint not null default 0,
    unique (name, asset),
    unique (id, asset),
    -- Outside the market everything comes from and goes to; an operator pays a reversal from later earnings;
    -- insurance and treasury stand in for what nobody else can pay.
    constraint ledger_account_not_negative check (
        balance >= 0
        or name like 'external:%'
        or name like 'operator:%:payable'
        or name in ('pool:treasury', 'protocol:insurance'))
) with (fillfactor = 60); -- room for the next version of a hot row on its own page

create table ledger_batch (
    id          bigint generated always as identity primary key,
    key         text        not null constraint ledger_batch_once unique,
    kind        text        not null,
    occurred_at timestamptz not null,
    posted_at   timestamptz not null default now()
);

create table ledger_entry (
    batch_id      bigint not null references ledger_batch,
    account_id    bigint not null,
    asset         text   not null,
    amount        bigint not null check (amount <> 0),
    balance_after bigint not null,
    primary key (batch_id, account_id),
    foreign key (account_id, asset) references ledger_account (id, asset)
);

create index ledger_entry_account on ledger_entry (account_id, batch_id);

create function ledger_require_zero_sum() returns trigger language plpgsql as $$
begin
    if exists (select from inserted group by batch_id, asset having sum(amount) <> 0) then
        raise exception 'the entries of a batch do not sum to zero'
            using errcode = 'check_violation', constraint = 'ledger_entry_zero_sum';
    end if;
    return null;
end $$;

-- Once per statement over all its rows: a deferred trigger per row costs twenty times as much.
create trigger ledger_entry_zero_sum after insert on ledger_entry
    referencing new table as inserted
    for each statement execute function ledger_require_zero_sum();

create function ledger_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger ledger_entry_append_only before update or delete or truncate on ledger_entry
    for each statement execute function ledger_refuse_change();
create trigger ledger_batch_append_only before update or delete or truncate on ledger_batch
    for each statement execute function ledger_refuse_change();
create trigger ledger_account_kept before delete or truncate on ledger_account
    for each statement execute function ledger_refuse_change();

revoke update, delete, truncate on ledger_entry from public, current_user;
-- The foreign key locks the batch's row, which takes the right to update it: the trigger guards that one.
revoke delete, truncate on ledger_batch from public, current_user;
