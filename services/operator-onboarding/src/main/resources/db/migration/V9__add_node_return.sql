-- A node that is delisted with its operator remembers the state in which it comes back.
alter table node
    add column returns_as text check (returns_as in ('CHECKING', 'PROBATION', 'ACTIVE')),
    add constraint node_returns_as check (returns_as is null or state = 'DELISTED');
