package io.streamsync.router.access;

import java.time.Duration;

/// What an account has spent on this router in the last 20 seconds: by it its next lease should last for two minutes.
/// Refilled at half empty it lasts for another minute without billing, as it does by its validity.
final class SpendingWindow {

    private static final int SECONDS = 20;
    private static final int TIMES = 6;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final long[] spent = new long[SECONDS];

    /// The second that was last spent or looked in.
    private long latest = Long.MIN_VALUE;

    synchronized void spend(long nano, long nanoTime) {
        spent[advance(nanoTime)] += nano;
    }

    synchronized long ofTwoMinutes(long nanoTime) {
        advance(nanoTime);
        var sum = 0L;
        for (var nano : spent) {
            sum = Math.addExact(sum, nano);
        }
        return Math.multiplyExact(sum, TIMES);
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
