-- The stakes that the stakers' share of a window was shared out by, and the parts: the leaves of the header's stakesRoot,
-- one behind the other. Windows sealed before have none.
create table settlement_stakes (
    place  bigint primary key references settlement,
    shares bytea  not null
);

create trigger settlement_stakes_sealed before update or delete or truncate on settlement_stakes
    for each statement execute function settlement_refuse_change();
