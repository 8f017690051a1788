-- Counts of draws go when no record is kept that they count: they are found by the day on which the last of these was posted.
alter table epoch_draw add posted_on date not null default (now() at time zone 'UTC')::date;
create index epoch_draw_posted on epoch_draw (posted_on);
