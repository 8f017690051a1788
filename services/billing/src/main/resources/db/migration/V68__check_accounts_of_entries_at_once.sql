-- Entries name accounts and batches that are there, in the accounts' asset: looked up once per statement over all its
-- rows, as their sum is. Foreign keys did it row by row, at the price of all else that posting a batch of entries takes.
-- What they look up stays: neither accounts nor batches are ever deleted or get another id.
create function ledger_require_accounts() returns trigger language plpgsql as $$
begin
    if exists (select from inserted i
               where not exists (select from ledger_account a where a.id = i.account_id and a.asset = i.asset)
                  or not exists (select from ledger_batch b where b.id = i.batch_id)) then
        raise exception 'an entry names no batch, or no account of its asset'
            using errcode = 'foreign_key_violation', constraint = 'ledger_entry_accounts';
    end if;
    return null;
end $$;

create trigger ledger_entry_accounts after insert on ledger_entry
    referencing new table as inserted
    for each statement execute function ledger_require_accounts();

create trigger ledger_account_stays before update of id, asset on ledger_account
    for each statement execute function ledger_refuse_change();

alter table ledger_entry
    drop constraint ledger_entry_batch_id_fkey,
    drop constraint ledger_entry_account_id_asset_fkey;
alter table ledger_account drop constraint ledger_account_id_asset_key;
