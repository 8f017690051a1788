-- A long statement is asked for by time: without this, an hour of last year reads the whole year behind it.
create index statement_entry_time on statement_entry (account_id, occurred_at);
