package io.streamsync.benchmarks;

import io.streamsync.benchmarks.market.Market;

/// How soon all is posted that was asked while Kafka was away.
final class Drain {

    /// What two cores carry with everything at work, and some to spare.
    private static final int PER_SECOND = Integer.getInteger("benchmarks.rate", 2_000);

    /// Rounds that the outage lasts.
    private static final int ROUNDS = Integer.getInteger("benchmarks.outage", 10);

    private Drain() {}

    static void print(Market market, Contestant router, Plan plan) throws InterruptedException {
        router.load().atRate(PER_SECOND, Plan.PLENTY, plan.warmUp());
        var before = Posted.settled(market);
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
        var seconds = Posted.secondsUntil(market, before + answered);
        Report.title("Kafka away for " + length.toSeconds() + " s at " + PER_SECOND + " queries/s, " + router.name());
        Report.line("  %d answered meanwhile, %d not; %d of them posted before Kafka was back"
                .formatted(answered, failed, sentBefore));
        Report.line("  all posted %.1f s after Kafka was back: %.0f races/s, %.0f times as fast as they were asked"
                .formatted(seconds, (answered - sentBefore) / seconds, length.toSeconds() / seconds));
    }
}
