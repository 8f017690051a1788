package io.streamsync.router.gateway;

import io.streamsync.protocol.money.Amount;
import io.streamsync.router.race.RaceSummary;
import org.jspecify.annotations.Nullable;

/// What a REST answer tells of its race, the same as the headers of a JSON-RPC answer.
///
/// @param price what is charged: "0" when it was free
/// @param slot of the answer; null where it names none
/// @param sla met, missed or none
record RestRace(
        String raceId,
        @Nullable String operatorId,
        String price,
        double latencyMs,
        @Nullable Long slot,
        String sla) {

    private static final double MICROS_PER_MS = 1_000;

    static RestRace of(RaceSummary race) {
        return new RestRace(
                race.raceId(),
                race.operatorId(),
                Amount.decimal(race.chargedNano()),
                race.latencyMicros() / MICROS_PER_MS,
                race.slot() < 0 ? null : race.slot(),
                RpcHeaders.sla(race.slaMet()));
    }
}
