-- Corrections are written before the settlement whose they are, which is written last and in the same transaction: as
-- many as there are, they are neither kept in memory nor checked one by one while the books are closed.
alter table settlement_correction drop constraint settlement_correction_place_fkey;

-- What was bonded at a time is what is bonded now less what moved since: batches of this kind are all that move it.
create index ledger_batch_stake on ledger_batch (occurred_at) where kind = 'STAKE';
create index ledger_account_stake on ledger_account (name) where asset = 'STRM';
