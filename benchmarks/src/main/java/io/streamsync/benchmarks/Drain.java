package io.streamsync.benchmarks;

import io.streamsync.benchmarks.market.Market;
import java.time.Duration;

/// How soon all is posted that was asked while Kafka was away.
final class Drain {

    /// What two cores carry with everything at work, and some to spare.
    private static final int PER_SECOND = 2_000;

    /// Rounds that the outage lasts.
    private static final int ROUNDS = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(100);

    private Drain() {}

    static void print(Market market, Contestant router, Plan plan) throws InterruptedException {
        router.load().atRate(PER_SECOND, Plan.PLENTY, plan.warmUp());
        var before = settled(market);
        var length = plan.round().multipliedBy(ROUNDS);
        long answered;
        long failed;
        long sentBefore;
        try (var _ = market.holdKafka()) {
            var asked = router.load().atRate(PER_SECOND, Plan.PLENTY, length);
            answered = asked.answered();
            failed = asked.failed();
            sentBefore = market.posted() - before;
        }
        var seconds = secondsUntil(market, before + answered);
        Report.title("Kafka away for " + length.toSeconds() + " s at " + PER_SECOND + " queries/s, " + router.name());
        Report.line("  %d answered meanwhile, %d not; %d of them posted before Kafka was back"
                .formatted(answered, failed, sentBefore));
        Report.line("  all posted %.1f s after Kafka was back: %.0f races/s, %.0f times as fast as they were asked"
                .formatted(seconds, (answered - sentBefore) / seconds, length.toSeconds() / seconds));
    }

    /// Once no more come.
    private static long settled(Market market) throws InterruptedException {
        for (var posted = market.posted(); ; ) {
            Thread.sleep(POLL.multipliedBy(20));
            var now = market.posted();
            if (now == posted) {
                return now;
            }
            posted = now;
        }
    }

    private static double secondsUntil(Market market, long posted) throws InterruptedException {
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
