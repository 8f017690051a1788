package io.streamsync.billing.archive;

import io.streamsync.events.router.SnapshotTaken;
import io.streamsync.protocol.market.MarketSnapshot;

/// A router works from a snapshot from now on, and the archive has it.
public record SnapshotArchived(SnapshotTaken taken, MarketSnapshot snapshot) {}
