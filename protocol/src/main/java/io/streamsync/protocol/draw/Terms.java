package io.streamsync.protocol.draw;

import io.streamsync.protocol.market.OperatorId;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The customer's terms for one query: what the draw has to respect, and what the record names.
///
/// @param maxPriceNano ceiling in nano-USDC; without one, five times the median ask
/// @param maxLatencyMs the customer's SLA; without one, the winner's own guarantee
/// @param racers racing places, 1 to 5
/// @param stagedRacers how many of them start later (`n+m`), 0 to 4
/// @param quorum whether the first confirmed answer wins instead of the first
/// @param only these operators, or all when empty
public record Terms(
        Preference prefer,
        OptionalLong maxPriceNano,
        OptionalInt maxLatencyMs,
        int racers,
        int stagedRacers,
        boolean quorum,
        List<OperatorId> only,
        List<OperatorId> exclude) {

    public Terms {
        if (racers < 1 || stagedRacers < 0 || racers + stagedRacers > 5) {
            throw new IllegalArgumentException("racing places are 1 to 5");
        }
        only = List.copyOf(only);
        exclude = List.copyOf(exclude);
    }

    /// Whether the customer's lists leave this operator.
    public boolean allows(OperatorId operator) {
        return (only.isEmpty() || only.contains(operator)) && !exclude.contains(operator);
    }

    /// Balanced, without any wish, with the given number of racing places.
    public static Terms standard(int racingPlaces) {
        return new Terms(
                Preference.BALANCED,
                OptionalLong.empty(),
                OptionalInt.empty(),
                racingPlaces,
                0,
                false,
                List.of(),
                List.of());
    }
}
