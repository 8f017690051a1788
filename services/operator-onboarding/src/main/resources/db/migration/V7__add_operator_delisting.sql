-- Why an operator is delisted: for want of stake it comes back by a deposit, by its own wish when it says so.
alter table operator
    add column delisted_for text check (delisted_for in ('STAKE', 'WISH')),
    add constraint operator_delisted_for check ((state = 'DELISTED') = (delisted_for is not null));

create index operator_exiting on operator (operator_id) where state = 'EXITING';
create index operator_by_state on operator (state, operator_id);
