package io.streamsync.benchmarks;

import java.util.List;

/// The race against one operator, where every node's latency is log-normal.
final class Tail {

    /// Low enough that the machine itself adds nothing to speak of.
    private static final int PER_SECOND = 400;

    private Tail() {}

    static void print(Contestant direct, List<Contestant> routers, Plan plan) throws InterruptedException {
        var all = new java.util.ArrayList<>(List.of(direct));
        all.addAll(routers);
        var rounds = new Rounds(all);
        rounds.run(plan.rounds(), false, one -> one.load().atRate(PER_SECOND, Plan.PLENTY, plan.round()));
        Report.title(
                "Nodes with log-normal latency, p50 20 ms and p99 200 ms, " + PER_SECOND + " queries/s (medians, ms)");
        Report.line("  %-34s %9s %9s %22s".formatted("", "p50", "p99", "p99 to one operator's"));
        for (var contestant : all) {
            Report.line("  %-34s %9.1f %9.1f %22.2f"
                    .formatted(
                            contestant.name(),
                            rounds.median(contestant, round -> round.result().millisAt(50)),
                            rounds.median(contestant, round -> round.result().millisAt(99)),
                            rounds.ratio(
                                    contestant, direct, round -> round.result().millisAt(99))));
        }
    }
}
