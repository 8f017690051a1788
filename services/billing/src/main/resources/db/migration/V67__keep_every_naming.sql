-- A market comes back to a snapshot: each time that a router took one is kept, not the first in an epoch alone.
alter table epoch_snapshot
    drop constraint epoch_snapshot_pkey,
    add primary key (epoch, router, incarnation, taken_at, hash);
