-- Snapshots that nothing kept names any more are found without reading all, and so is whether anything names one.
create index epoch_snapshot_taken on epoch_snapshot (taken_at);
create index epoch_snapshot_hash on epoch_snapshot (hash);
create index archive_snapshot_taken on archive_snapshot (taken_at);
comment on column archive_snapshot.taken_at is 'by the last router that took it, or went on with it';
