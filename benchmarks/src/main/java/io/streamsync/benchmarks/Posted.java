package io.streamsync.benchmarks;

import io.streamsync.benchmarks.market.Market;
import java.time.Duration;

/// How far the books are.
final class Posted {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(100);

    private Posted() {}

    /// Once no more come.
    static long settled(Market market) throws InterruptedException {
        for (var posted = market.posted(); ; ) {
            Thread.sleep(POLL.multipliedBy(20));
            var now = market.posted();
            if (now == posted) {
                return now;
            }
            posted = now;
        }
    }

    static double secondsUntil(Market market, long posted) throws InterruptedException {
        var from = System.nanoTime();
        while (market.posted() < posted) {
            if (System.nanoTime() - from > PATIENCE.toNanos()) {
                throw new IllegalStateException(market.posted() + " races posted of " + posted);
            }
            Thread.sleep(POLL);
        }
        return (System.nanoTime() - from) / 1e9;
    }
}
