package io.streamsync.billing.archive;

import io.streamsync.events.router.SnapshotTaken;
import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.market.MarketSnapshot;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Snapshots by their name, which is the hash of what they say.
@Component
public class Snapshots {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    Snapshots(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /// Taken in again, a snapshot is the same, and held until the commit: it is not dropped meanwhile.
    ///
    /// @throws IllegalArgumentException when the snapshot has not the hash it claims
    @Transactional
    public void take(SnapshotTaken taken) {
        var canonical = taken.canonical();
        if (canonical != null) {
            add(taken.hash(), canonical, taken.occurredAt());
        } else {
            hold(taken.hash());
        }
        find(taken.hash()).ifPresent(snapshot -> events.publishEvent(new SnapshotArchived(taken, snapshot)));
    }

    /// The canonical form, whose SHA-256 is the hash.
    public Optional<String> canonical(String hash) {
        return jdbc.sql("select canonical from archive_snapshot where hash = ?")
                .param(hash)
                .query(String.class)
                .optional();
    }

    public Optional<MarketSnapshot> find(String hash) {
        return canonical(hash).map(canonical -> MarketSnapshot.parse(canonical.getBytes(StandardCharsets.UTF_8)));
    }

    private void hold(String hash) {
        jdbc.sql("select hash from archive_snapshot where hash = ? for update")
                .param(hash)
                .query(String.class)
                .optional();
    }

    private void add(String hash, String canonical, Instant takenAt) {
        if (!Sha256.hex(canonical.getBytes(StandardCharsets.UTF_8)).equals(hash)) {
            throw new IllegalArgumentException("a snapshot that is not " + hash);
        }
        jdbc.sql("""
                insert into archive_snapshot as a (hash, canonical, taken_at) values (?, ?, ?)
                on conflict (hash) do update set taken_at = greatest(a.taken_at, excluded.taken_at)""").params(hash, canonical, Timestamp.from(takenAt)).update();
    }
}
