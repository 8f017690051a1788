package io.streamsync.reputation.observation;

import io.streamsync.protocol.record.StreamRecord.Result;
import java.util.List;

/// How good an answer was beside the confirmed ones of its race: `(fastest + 5 ms) / (own + 5 ms)`, halved per 8 slots
/// behind (protocol, Reputation).
record RacePerformance(List<Result> confirmed, long fastestMicros) {

    /// A millisecond more or less on a short way is no merit.
    private static final double LEVELLING_MICROS = 5_000;

    private static final double HALVING_SLOTS = 8;

    /// A slot's length: an answer that came this much later may show one slot more without the other being behind.
    private static final long SLOT_MICROS = 400_000;

    /// @param confirmed the answers that are known to be right, at least one, with their latencies
    static RacePerformance beside(List<Result> confirmed) {
        var fastest = confirmed.stream().mapToLong(Result::latencyMicros).min().orElseThrow();
        return new RacePerformance(List.copyOf(confirmed), fastest);
    }

    /// In [0,1].
    double of(Result result) {
        var speed = (fastestMicros + LEVELLING_MICROS) / (result.latencyMicros() + LEVELLING_MICROS);
        return Math.min(1, speed) * Math.pow(0.5, slotsBehind(result) / HALVING_SLOTS);
    }

    private long slotsBehind(Result result) {
        if (result.slot() < 0) {
            return 0;
        }
        var most = confirmed.stream()
                .mapToLong(other -> other.slot() - result.slot() - slotsBetween(result, other))
                .max();
        return Math.max(0, most.orElse(0));
    }

    private static long slotsBetween(Result earlier, Result later) {
        return Math.ceilDiv(Math.max(0, later.latencyMicros() - earlier.latencyMicros()), SLOT_MICROS);
    }
}
