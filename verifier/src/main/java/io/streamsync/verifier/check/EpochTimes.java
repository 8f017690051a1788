package io.streamsync.verifier.check;

import io.streamsync.protocol.settlement.SettlementHeader;
import java.time.Instant;

/// When epochs begin and end, by the length of one of them.
record EpochTimes(long lengthMillis) {

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
