-- A router that another one needs credit from gives some back at once, without ending its lease. What it gave back is
-- no part of what was granted any more; `returned` is all of it, told cumulatively, so that telling it twice changes
-- nothing. `unspent` is what the router last said that it has not spent, with what it got since: where it is nothing,
-- nobody waits for that lease. No money is counted with it.
alter table credit_lease
    add returned bigint not null default 0 check (returned >= 0),
    add unspent  bigint not null default 0 check (unspent >= 0);

update credit_lease set unspent = granted - posted where state = 'OPEN';
