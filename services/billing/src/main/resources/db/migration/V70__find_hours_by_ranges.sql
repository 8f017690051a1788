-- Rows of an hour lie together: a range of pages says enough, and costs next to nothing per row.
drop index usage_method_hour;
drop index usage_operator_hour;
drop index usage_earned_hour;

create index usage_method_hour on usage_method using brin (hour) with (pages_per_range = 16, autosummarize = on);
create index usage_operator_hour on usage_operator using brin (hour) with (pages_per_range = 16, autosummarize = on);
create index usage_earned_hour on usage_earned using brin (hour) with (pages_per_range = 16, autosummarize = on);
