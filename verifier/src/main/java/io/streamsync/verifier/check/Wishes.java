package io.streamsync.verifier.check;

import io.streamsync.protocol.draw.Preference;
import io.streamsync.protocol.draw.WrittenTerms.Racers;
import io.streamsync.protocol.market.OperatorId;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// All that a customer wished of a query, by the request and by its key. What is not among it was not wished.
///
/// @param racers null where the market's usual number was left to it
/// @param only empty for all
/// @param minSlot the least slot, or -1
public record Wishes(
        Preference prefer,
        OptionalLong maxPriceNano,
        OptionalInt maxLatencyMs,
        @Nullable Racers racers,
        boolean quorum,
        List<OperatorId> only,
        List<OperatorId> exclude,
        long minSlot) {

    public Wishes {
        only = List.copyOf(only);
        exclude = List.copyOf(exclude);
    }
}
