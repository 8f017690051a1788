-- What operators earn, by method as well as by class, with how often they earned by checking.
alter table usage_class rename to usage_earned;
alter table usage_earned add method text not null default '';
alter table usage_earned add checks bigint not null default 0;
alter table usage_earned drop constraint usage_class_pkey;
alter table usage_earned add constraint usage_earned_pkey primary key (operator_id, hour, query_class, method);
create index usage_earned_hour on usage_earned (hour);
