package io.streamsync.verifier.check;

import io.streamsync.protocol.settlement.SettlementHeader;
import java.time.Duration;
import java.time.Instant;

/// When epochs begin and end, by the length of one of them.
record EpochTimes(long lengthMillis) {

    /// From the complete request to the draw: a customer without a lease waits for one, and clocks are read twice.
    static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    static EpochTimes of(SettlementHeader header) {
        return new EpochTimes(Math.max(1, header.endsAt() - header.startsAt()));
    }

    long epochAt(long unixMillis) {
        return Math.floorDiv(unixMillis, lengthMillis);
    }

    Instant end(long epoch) {
        return Instant.ofEpochMilli((epoch + 1) * lengthMillis);
    }
}
