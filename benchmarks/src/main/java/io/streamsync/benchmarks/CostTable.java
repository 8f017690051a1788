package io.streamsync.benchmarks;

import java.util.List;

/// What a query costs at saturation: all contestants of one market, in turn.
///
/// @param alone while the services that read the router's records stand still: on a small machine they take as much of
///     it as the router, and what is left is not the router's saturation
/// @param together with everything at work
record CostTable(Rounds alone, Rounds together) {

    static CostTable measure(List<Contestant> contestants, Plan plan) throws InterruptedException {
        for (var contestant : contestants) {
            if (contestant.isJvm()) {
                contestant.load().atSaturation(Plan.BUSY, plan.warmUp());
            }
        }
        var costs = new CostTable(new Rounds(contestants), new Rounds(contestants));
        costs.alone.run(plan.rounds(), true, contestant -> contestant.load().atSaturation(Plan.BUSY, plan.round()));
        costs.together.run(plan.rounds(), false, contestant -> contestant.load().atSaturation(Plan.BUSY, plan.round()));
        return costs;
    }

    /// With everything at work.
    double perSecond(Contestant contestant) {
        return perSecond(together, contestant);
    }

    /// Of CPU per query.
    double ratio(Contestant contestant, Contestant to) {
        return alone.ratio(contestant, to, Round::cpuMicros);
    }

    void print(Contestant gateway) {
        print("the services behind stand still", alone, gateway);
        print("everything at work", together, gateway);
    }

    private static double perSecond(Rounds rounds, Contestant contestant) {
        return rounds.median(contestant, round -> round.result().perSecond());
    }

    private static void print(String how, Rounds rounds, Contestant gateway) {
        Report.title("At saturation, " + Plan.BUSY + " connections, nodes that answer at once, " + how + " (medians)");
        Report.line("  %-34s %10s %13s %15s %16s %7s"
                .formatted("", "queries/s", "CPU µs/query", "to the Gateway", "allocated KB/q.", "failed"));
        for (var contestant : rounds.contestants()) {
            Report.line("  %-34s %10.0f %13.1f %15.2f %16.1f %7d"
                    .formatted(
                            contestant.name(),
                            perSecond(rounds, contestant),
                            rounds.median(contestant, Round::cpuMicros),
                            rounds.ratio(contestant, gateway, Round::cpuMicros),
                            rounds.median(contestant, Round::allocatedBytes) / 1000,
                            rounds.failed(contestant)));
        }
    }
}
