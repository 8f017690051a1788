package io.streamsync.router.race;

import org.jspecify.annotations.Nullable;

/// What the customer is told of a race beside the answer: the values of the response headers.
///
/// @param operatorId null when nobody answered
/// @param nodeId null when nobody answered
/// @param chargedNano 0 when it was free
/// @param slaMet null when there was none
/// @param balanceNano the customer's balance, as far as this router knows
/// @param slot of the answer, or -1
public record RaceSummary(
        String raceId,
        @Nullable String operatorId,
        @Nullable String nodeId,
        long chargedNano,
        long latencyMicros,
        @Nullable Boolean slaMet,
        long balanceNano,
        long slot) {}
