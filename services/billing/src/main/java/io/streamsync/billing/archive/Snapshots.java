package io.streamsync.billing.archive;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.market.MarketSnapshot;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Snapshots by their name, which is the hash of what they say.
@Component
public class Snapshots {

    private final JdbcClient jdbc;

    Snapshots(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @throws IllegalArgumentException when the snapshot has not the hash it claims
    void add(String hash, String canonical, Instant takenAt) {
        if (!Sha256.hex(canonical.getBytes(StandardCharsets.UTF_8)).equals(hash)) {
            throw new IllegalArgumentException("a snapshot that is not " + hash);
        }
        jdbc.sql("insert into archive_snapshot (hash, canonical, taken_at) values (?, ?, ?) on conflict do nothing")
                .params(hash, canonical, Timestamp.from(takenAt))
                .update();
    }

    public Optional<MarketSnapshot> find(String hash) {
        return jdbc.sql("select canonical from archive_snapshot where hash = ?")
                .param(hash)
                .query(String.class)
                .optional()
                .map(canonical -> MarketSnapshot.parse(canonical.getBytes(StandardCharsets.UTF_8)));
    }
}
