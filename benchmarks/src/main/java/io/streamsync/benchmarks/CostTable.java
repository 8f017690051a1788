package io.streamsync.benchmarks;

import java.util.List;

/// What a query costs at saturation: all contestants of one market, in turn.
final class CostTable {

    private final Rounds rounds;

    private CostTable(Rounds rounds) {
        this.rounds = rounds;
    }

    static CostTable measure(List<Contestant> contestants, Plan plan) throws InterruptedException {
        var rounds = new Rounds(contestants);
        for (var contestant : contestants) {
            if (contestant.isJvm()) {
                contestant.load().atSaturation(Plan.BUSY, plan.warmUp());
            }
        }
        rounds.run(plan.rounds(), contestant -> contestant.load().atSaturation(Plan.BUSY, plan.round()));
        return new CostTable(rounds);
    }

    double perSecond(Contestant contestant) {
        return rounds.median(contestant, round -> round.result().perSecond());
    }

    /// Of CPU per query.
    double ratio(Contestant contestant, Contestant to) {
        return rounds.ratio(contestant, to, Round::cpuMicros);
    }

    double kilobytes(Contestant contestant) {
        return rounds.median(contestant, Round::allocatedBytes) / 1000;
    }

    void print() {
        Report.title("At saturation, " + Plan.BUSY + " connections, nodes that answer at once (medians)");
        Report.line(
                "  %-34s %10s %14s %16s %8s".formatted("", "queries/s", "CPU µs/query", "allocated KB/q.", "failed"));
        for (var contestant : rounds.contestants()) {
            Report.line("  %-34s %10.0f %14.1f %16.1f %8d"
                    .formatted(
                            contestant.name(),
                            perSecond(contestant),
                            rounds.median(contestant, Round::cpuMicros),
                            kilobytes(contestant),
                            rounds.failed(contestant)));
        }
    }
}
