-- Until when the books are closed: what is booked later counts as of then at the earliest, so that statements of sealed
-- windows never change. Whoever books shares the row until the commit, whoever seals has it alone.
create table ledger_closing (
    one   boolean     primary key default true check (one),
    until timestamptz not null
);

insert into ledger_closing (until) values ('epoch');

create trigger statement_entry_append_only before update or delete or truncate on statement_entry
    for each statement execute function ledger_refuse_change();
