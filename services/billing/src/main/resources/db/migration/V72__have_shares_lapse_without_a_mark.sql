-- A stream that was given up has no marks any more: its shares lapse by the clock. Their position is that of the record
-- that is posted next then, if there ever is one: they lapsed before it.
alter table race_lapse add by_clock boolean not null default false;
