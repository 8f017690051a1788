package io.streamsync.router.market;

import io.streamsync.protocol.market.MarketSnapshot;

/// Where snapshots are published before races use them, so that anyone can replay a draw.
@FunctionalInterface
interface SnapshotTopic {

    void publish(MarketSnapshot snapshot, String hash, long epoch);
}
