-- The time of the latest race that a frame answers; null where it answers none. Finds races without a row for each of
-- their places, which would be five times as many as there are races.
alter table archive_frame add latest timestamptz;
create index archive_frame_latest on archive_frame (latest);
