package io.streamsync.benchmarks;

import io.streamsync.benchmarks.machine.Cpu;
import io.streamsync.benchmarks.market.Market;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

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
        var processes = market.processes();
        try (var _ = market.holdKafka()) {
            var asked = router.load().atRate(PER_SECOND, Plan.PLENTY, length);
            answered = asked.answered();
            failed = asked.failed();
            sentBefore = market.posted() - before;
        }
        var cpu = cpu(processes);
        var seconds = Posted.secondsUntil(market, before + answered);
        var drained = answered - sentBefore;
        Report.title("Kafka away for " + length.toSeconds() + " s at " + PER_SECOND + " queries/s, " + router.name());
        Report.line("  %d answered meanwhile, %d not; %d of them posted before Kafka was back"
                .formatted(answered, failed, sentBefore));
        Report.line("  all posted %.1f s after Kafka was back: %.0f races/s, %.0f times as fast as they were asked"
                .formatted(seconds, drained / seconds, length.toSeconds() / seconds));
        Report.line("  µs of CPU a race until billing had posted all: "
                + cpu(processes).entrySet().stream()
                        .map(taken -> "%s %.1f"
                                .formatted(
                                        taken.getKey(),
                                        (taken.getValue() - cpu.getOrDefault(taken.getKey(), 0.0)) / drained * 1e6))
                        .collect(Collectors.joining(", ")));
    }

    /// Seconds by name; "all" is the machine's.
    private static Map<String, Double> cpu(Map<String, ProcessHandle> processes) {
        var seconds = new LinkedHashMap<String, Double>();
        processes.forEach((name, process) -> seconds.put(name, Cpu.secondsOf(process)));
        seconds.put("all", Cpu.busySeconds());
        return seconds;
    }
}
