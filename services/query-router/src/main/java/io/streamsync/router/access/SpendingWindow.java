package io.streamsync.router.access;

import java.time.Duration;

/// What an account has spent on this router in the last 20 seconds: by it its next lease should last for two
/// minutes. Refilled at half empty it lasts for another minute without billing, as it does by its validity;
/// also for one that has only begun, whose few seconds say how fast it spends.
final class SpendingWindow {

    private static final int SECONDS = 20;

    /// What came at once says little.
    private static final int LEAST_SECONDS = 5;

    private static final int TWO_MINUTES = 120;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final long[] spent = new long[SECONDS];

    /// The second that was last spent or looked in.
    private long latest = Long.MIN_VALUE;

    /// The second that it began to spend in, after it had not for as long as this looks back.
    private long began = Long.MIN_VALUE;

    synchronized void spend(long nano, long nanoTime) {
        var second = advance(nanoTime);
        if (sum() == 0) {
            began = latest;
        }
        spent[second] += nano;
    }

    synchronized long ofTwoMinutes(long nanoTime) {
        advance(nanoTime);
        var sum = sum();
        return sum == 0 ? 0 : Math.multiplyExact(sum, TWO_MINUTES) / seconds();
    }

    private long sum() {
        var sum = 0L;
        for (var nano : spent) {
            sum = Math.addExact(sum, nano);
        }
        return sum;
    }

    private long seconds() {
        return Math.clamp(latest - began + 1, LEAST_SECONDS, SECONDS);
    }

    /// Empties the seconds that nothing happened in.
    private int advance(long nanoTime) {
        var second = Math.max(latest, Math.floorDiv(nanoTime, SECOND));
        var from = Math.max(latest + 1, second - SECONDS + 1);
        for (var passed = from; passed <= second; passed++) {
            spent[Math.floorMod(passed, SECONDS)] = 0;
        }
        latest = second;
        return Math.floorMod(second, SECONDS);
    }
}
