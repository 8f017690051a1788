package io.streamsync.billing.epoch;

import io.streamsync.events.router.SnapshotTaken;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which snapshots each router worked from in each epoch, and from when on: every naming by itself, as a market
/// may come back to a snapshot.
@Component
class EpochSnapshots {

    private final JdbcClient jdbc;

    EpochSnapshots(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(SnapshotTaken taken) {
        jdbc.sql("""
                insert into epoch_snapshot (epoch, router, incarnation, hash, taken_at) values (?, ?, ?, ?, ?)
                on conflict do nothing""")
                .params(
                        taken.epoch(),
                        Integer.parseInt(taken.routerId()),
                        taken.incarnation(),
                        taken.hash(),
                        Timestamp.from(taken.occurredAt()))
                .update();
    }

    /// In the order in which they were taken.
    List<Taken> of(long epoch) {
        return jdbc.sql("""
                select router, incarnation, hash, taken_at from epoch_snapshot where epoch = ?
                order by taken_at, hash""")
                .param(epoch)
                .query((row, number) -> new Taken(
                        row.getInt("router"),
                        row.getInt("incarnation"),
                        row.getString("hash"),
                        row.getTimestamp("taken_at").toInstant()))
                .list();
    }

    record Taken(int router, int incarnation, String hash, Instant at) {}
}
