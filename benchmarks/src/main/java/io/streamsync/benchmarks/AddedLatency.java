package io.streamsync.benchmarks;

import java.util.List;

/// What a contestant adds to a node's own time at half of its saturation: its percentiles less those of the direct way
/// at the same rate, in the same round.
final class AddedLatency {

    private AddedLatency() {}

    static void print(Contestant direct, List<Contestant> others, CostTable costs, Plan plan)
            throws InterruptedException {
        Report.title("At half of saturation, constant arrival rate, nodes that answer at once (medians, ms)");
        Report.line("  %-34s %8s %9s %9s %11s %11s".formatted("", "rate/s", "p50", "p99", "added p50", "added p99"));
        for (var contestant : others) {
            var rate = (int) (costs.perSecond(contestant) / 2);
            var rounds = new Rounds(List.of(direct, contestant));
            rounds.run(plan.rounds(), false, one -> one.load().atRate(rate, Plan.PLENTY, plan.round()));
            Report.line("  %-34s %8d %9.2f %9.2f %11.2f %11.2f"
                    .formatted(
                            contestant.name(),
                            rate,
                            millis(rounds, contestant, 50),
                            millis(rounds, contestant, 99),
                            millis(rounds, contestant, 50) - millis(rounds, direct, 50),
                            millis(rounds, contestant, 99) - millis(rounds, direct, 99)));
        }
    }

    private static double millis(Rounds rounds, Contestant contestant, double percentile) {
        return rounds.median(contestant, round -> round.result().millisAt(percentile));
    }
}
