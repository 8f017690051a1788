package io.streamsync.router.pubsub;

import java.util.function.LongUnaryOperator;

/// How long a broadcast waits before it asks the next node: not at all at first; then doubling, each between a half and
/// the whole, so that they do not come all at once.
final class Pauses {

    /// What doubling may come to before it is cut off at the longest.
    private static final int MOST_DOUBLINGS = 16;

    private final long first;
    private final long longest;
    private final LongUnaryOperator jitter;
    private int failures;

    /// @param jitter anything from nothing to the whole
    Pauses(Patience patience, LongUnaryOperator jitter) {
        this.first = patience.firstPause().toNanos();
        this.longest = patience.longestPause().toNanos();
        this.jitter = jitter;
    }

    long next() {
        if (failures == 0) {
            return 0;
        }
        var pause = Math.min(longest, first << Math.min(failures - 1, MOST_DOUBLINGS));
        return pause / 2 + jitter.applyAsLong(pause / 2);
    }

    void failed() {
        failures++;
    }

    void forgive() {
        failures = 0;
    }
}
