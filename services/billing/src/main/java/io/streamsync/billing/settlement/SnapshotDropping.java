package io.streamsync.billing.settlement;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Drops snapshots that no race names which is kept, or may still come. First what names them: a page that names a
/// snapshot which cannot be had would accuse the router.
@Component
class SnapshotDropping {

    /// Per look: more than twenty routers name in a minute, each a snapshot every second.
    private static final int NAMINGS = 1_500;

    /// In one transaction; each may have some MB.
    private static final int SNAPSHOTS = 20;

    private static final int TRANSACTIONS = NAMINGS / SNAPSHOTS;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    SnapshotDropping(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /// @param time all races that are kept were asked later
    void dropBefore(Instant time) {
        dropNamings(Timestamp.from(time));
        var left = TRANSACTIONS;
        while (left > 0 && dropSnapshots(Timestamp.from(time)) == SNAPSHOTS) {
            left--;
        }
    }

    /// Of streams that have ended, or were given up long ago. Of others there may be races that are not posted:
    /// theirs begin in the last window that has records of them. An hour is for clocks that differ, and for races
    /// that take long.
    private void dropNamings(Timestamp time) {
        jdbc.sql("""
                delete from epoch_snapshot where (epoch, router, incarnation, taken_at, hash) in (
                    select n.epoch, n.router, n.incarnation, n.taken_at, n.hash from epoch_snapshot n
                    left join stream s using (router, incarnation)
                    where n.taken_at < :time and (s.router is null or s.ended_at is not null or s.closed_at < :time
                        or n.taken_at < (
                            select w.starts_at from settlement_range r join settlement w using (place)
                            where r.router = n.router and r.incarnation = n.incarnation
                            order by r.from_position desc limit 1) - interval '1 hour')
                    order by n.taken_at limit :limit)""").param("time", time).param("limit", NAMINGS).update();
    }

    /// One that is being taken again is locked and stays. Whoever takes one that is locked here waits, and brings
    /// it back. What names them is looked for once they are locked: another statement sees what was committed
    /// until then.
    private int dropSnapshots(Timestamp time) {
        var dropped = transactions.execute(_ -> {
            var locked = unnamed(time);
            jdbc.sql("""
                    delete from archive_snapshot a where hash = any (?)
                        and not exists (select from epoch_snapshot n where n.hash = a.hash)""").param(locked.toArray(String[]::new)).update();
            return locked.size();
        });
        return dropped == null ? 0 : dropped;
    }

    private List<String> unnamed(Timestamp time) {
        return jdbc.sql("""
                select hash from archive_snapshot a
                where taken_at < ? and not exists (select from epoch_snapshot n where n.hash = a.hash)
                order by taken_at limit ? for update skip locked""")
                .params(time, SNAPSHOTS)
                .query((row, number) -> row.getString("hash"))
                .list();
    }
}
