-- A key with a daily cap has leases of its own, for one UTC day each: what they got and did not give back is what all
-- routers together may spend of the cap. At midnight a router may hold the old day's lease and the new one's.
alter table credit_lease
    add key_id text references account_key,
    add day    date,
    add constraint credit_lease_key_has_day check ((key_id is null) = (day is null));

drop index credit_lease_one_open;
create unique index credit_lease_one_open
    on credit_lease (account_id, router, incarnation, coalesce(key_id, ''), coalesce(day, date 'epoch'))
    where state = 'OPEN';
create index credit_lease_of_key on credit_lease (key_id, day) where key_id is not null;
