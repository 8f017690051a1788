package io.streamsync.router.race;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// Within which time nine of ten answers to a method came lately. Of single nodes, racing or checking: the fastest of
/// several is faster than one of them usually is. Counters only, no lock.
final class UsualLatencies {

    /// Until enough answers were seen: late for a look-up, early for a search.
    static final Duration UNKNOWN = Duration.ofMillis(100);

    private final Map<String, Latencies> byMethod = new ConcurrentHashMap<>();

    /// @param method of the table of methods, so that there are never many
    void answered(String method, long latencyMicros) {
        var known = byMethod.get(method);
        (known != null ? known : byMethod.computeIfAbsent(method, _ -> new Latencies())).add(latencyMicros);
    }

    /// From 5 ms to 1 s.
    Duration of(String method) {
        var known = byMethod.get(method);
        return known == null ? UNKNOWN : known.usual();
    }

    /// Counts in steps of a quarter octave: nobody needs to know it better than to a fifth.
    private static final class Latencies {

        private static final long LEAST_MICROS = 5_000;
        private static final int STEPS_PER_OCTAVE = 4;

        /// From 5 ms to a second, and one for all that is above.
        private static final int STEPS = 32;

        private static final double MOST_MICROS = 1_000_000;

        /// Fewer say little of the tenth that is slow.
        private static final int ENOUGH = 100;

        /// Then half of it is forgotten: the latest thousand answers or so count.
        private static final int MANY = 1_024;

        private final AtomicIntegerArray counts = new AtomicIntegerArray(STEPS);
        private final AtomicInteger all = new AtomicInteger();

        void add(long micros) {
            counts.incrementAndGet(step(micros));
            if (all.incrementAndGet() == MANY) {
                forgetHalf();
            }
        }

        Duration usual() {
            var sum = 0;
            for (var step = 0; step < STEPS; step++) {
                sum += counts.get(step);
            }
            if (sum < ENOUGH) {
                return UNKNOWN;
            }
            var slow = sum / 10;
            var step = STEPS - 1;
            for (var above = counts.get(step); above <= slow && step > 0; above += counts.get(step)) {
                step--;
            }
            return Duration.ofNanos((long) (1_000 * Math.min(MOST_MICROS, upTo(step))));
        }

        private void forgetHalf() {
            var left = 0;
            for (var step = 0; step < STEPS; step++) {
                left += counts.updateAndGet(step, count -> count / 2);
            }
            all.set(left);
        }

        private static int step(long micros) {
            var octaves = Math.log((double) Math.max(LEAST_MICROS, micros) / LEAST_MICROS) / Math.log(2);
            return (int) Math.min(STEPS - 1, Math.ceil(STEPS_PER_OCTAVE * octaves));
        }

        private static double upTo(int step) {
            return LEAST_MICROS * Math.pow(2, (double) step / STEPS_PER_OCTAVE);
        }
    }
}
