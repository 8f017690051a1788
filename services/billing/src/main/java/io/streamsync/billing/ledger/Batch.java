package io.streamsync.billing.ledger;

import java.time.Instant;

/// Entries that are booked together or not at all.
///
/// @param key books the batch once, however often it is posted
public record Batch(String key, Kind kind, Instant occurredAt, Entries entries) {

    /// What a batch books.
    public enum Kind {
        DEPOSIT,
        LEASE,
        RACES,
        LAPSE,
        HOLD,
        TRANSFER,
        STAKE,
        SETTLEMENT
    }
}
