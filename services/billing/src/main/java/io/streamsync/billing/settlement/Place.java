package io.streamsync.billing.settlement;

import io.streamsync.protocol.settlement.SettlementHeader;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The window that is sealed next.
///
/// @param place in the chain, from 0
/// @param previous hash of the header before
/// @param carried stakers' money of the windows before that could not be shared out, nano-USDC
record Place(long place, long epoch, Duration length, String previous, long carried) {

    /// @param last the settlement before; null for the first
    /// @param now the chain begins with the epoch before
    static Place after(@Nullable Settlement last, Duration length, Instant now) {
        if (last == null) {
            return new Place(0, epoch(now, length) - 1, length, SettlementHeader.NO_PREVIOUS, 0);
        }
        var header = last.header();
        var sameLength = header.endsAt() - header.startsAt() == length.toMillis();
        // other epochs since other parameters: the chain goes on with the one in which the last window ended
        var epoch = sameLength ? header.epoch() + 1 : epoch(Instant.ofEpochMilli(header.endsAt()), length);
        return new Place(last.place() + 1, epoch, length, header.hash(), last.carried());
    }

    Place next() {
        return new Place(place, epoch + 1, length, previous, carried);
    }

    Instant startsAt() {
        return Instant.ofEpochMilli(epoch * length.toMillis());
    }

    Instant endsAt() {
        return Instant.ofEpochMilli((epoch + 1) * length.toMillis());
    }

    private static long epoch(Instant time, Duration length) {
        return Math.floorDiv(time.toEpochMilli(), length.toMillis());
    }
}
