package io.streamsync.router.market;

import io.streamsync.protocol.market.MarketSnapshot;
import java.time.Instant;

/// Where snapshots are published before races use them, so that anyone can replay a draw.
@FunctionalInterface
interface SnapshotTopic {

    /// Returns when the snapshot is on its way, or throws when it cannot be told now: it is kept then, and told
    /// with the next that can.
    ///
    /// @param since when it is in force
    void publish(MarketSnapshot snapshot, String hash, Instant since, long epoch);
}
