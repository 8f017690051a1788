-- Whether the latest start has called for credit: one that has may be selling, and no start without its journal takes
-- its place while it is heard. Those that are known by now may have called.
alter table stream_router add called boolean not null default true;
alter table stream_router alter called set default false;
