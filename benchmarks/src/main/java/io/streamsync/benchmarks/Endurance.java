package io.streamsync.benchmarks;

import io.streamsync.benchmarks.market.Market;
import java.time.Duration;

/// As many charged queries as the design asks for, minute by minute, with everything at work beside them: whether the
/// market keeps pace, and the books with it.
final class Endurance {

    /// money.md: for ten minutes.
    private static final int PER_SECOND = Integer.getInteger("benchmarks.rate", 5_000);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Endurance() {}

    static void print(Market market, Contestant router, Plan plan) throws InterruptedException {
        router.load().atSaturation(Plan.BUSY, plan.warmUp());
        var before = Posted.settled(market);
        Report.title("%d charged queries/s, %s, everything at work".formatted(PER_SECOND, router.name()));
        Report.line("  %6s %10s %8s %10s %10s %12s"
                .formatted("minute", "answered", "failed", "p50 ms", "p99 ms", "not posted"));
        var answered = 0L;
        var failed = 0L;
        for (var minute = 1; minute <= plan.minutes(); minute++) {
            var asked = router.load().atRate(PER_SECOND, Plan.PLENTY, MINUTE);
            answered += asked.answered();
            failed += asked.failed();
            Report.line("  %6d %10d %8d %10.2f %10.1f %12d %s"
                    .formatted(
                            minute,
                            asked.answered(),
                            asked.failed(),
                            asked.millisAt(50),
                            asked.millisAt(99),
                            before + answered - market.posted(),
                            asked.complaint()));
        }
        var seconds = Posted.secondsUntil(market, before + answered);
        Report.line("  %d answered and charged, %d not (%.3f %%); all posted %.1f s after the last"
                .formatted(answered, failed, 100.0 * failed / (answered + failed), seconds));
    }
}
