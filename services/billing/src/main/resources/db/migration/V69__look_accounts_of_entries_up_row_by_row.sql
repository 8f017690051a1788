-- The same rule as before. "not exists" beside "or" may be planned as a hash of a whole table, which a session keeps for
-- each booking after it, with the pools' accounts locked; a scalar subquery is always a look-up by primary key.
create or replace function ledger_require_accounts() returns trigger language plpgsql as $$
begin
    if exists (select from inserted i
               where (select a.asset from ledger_account a where a.id = i.account_id) is distinct from i.asset
                  or (select b.id from ledger_batch b where b.id = i.batch_id) is null) then
        raise exception 'an entry names no batch, or no account of its asset'
            using errcode = 'foreign_key_violation', constraint = 'ledger_entry_accounts';
    end if;
    return null;
end $$;
