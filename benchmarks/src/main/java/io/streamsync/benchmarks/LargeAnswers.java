package io.streamsync.benchmarks;

import io.streamsync.benchmarks.load.Result;
import io.streamsync.benchmarks.market.Market;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Whether somebody's very large answer slows everybody else's ordinary ones.
final class LargeAnswers {

    /// A tenth of saturation: it is the router that is looked at, not what two cores can copy.
    private static final int SHARE = 10;

    private LargeAnswers() {}

    static void print(Course course, Market market, Contestant router, CostTable costs, Plan plan)
            throws InterruptedException {
        course.behave("large 100");
        var rate = (int) (costs.perSecond(router) / SHARE);
        var ratios = new ArrayList<Double>();
        Report.title("A 100 MB answer beside ordinary ones, " + rate + " queries/s, " + router.name() + " (p99, ms)");
        for (var time = 0; time < plan.rounds(); time++) {
            var alone = router.load().atRate(rate, Plan.PLENTY, plan.round());
            var large = new Large(market, plan);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var answered = threads.submit(large);
                var beside = router.load().atRate(rate, Plan.PLENTY, plan.round());
                ratios.add(beside.millisAt(99) / alone.millisAt(99));
                Report.line("  alone %.2f, beside %.2f; %d large ones answered, %d not %s"
                        .formatted(
                                alone.millisAt(99),
                                beside.millisAt(99),
                                answered.get().answered(),
                                answered.get().failed(),
                                answered.get().complaint()));
            } catch (ExecutionException e) {
                throw new IllegalStateException("the large query broke", e);
            }
        }
        var sorted = ratios.stream().mapToDouble(ratio -> ratio).sorted().toArray();
        Report.ratio(
                "p99 of the others, beside to alone: " + Arrays.toString(sorted),
                sorted[sorted.length / 2],
                "at most 1.10");
    }

    /// One at a time, one after the other.
    private record Large(Market market, Plan plan) implements Callable<Result> {

        @Override
        public Result call() throws InterruptedException {
            return market.load("getProgramAccounts", 3).atSaturation(1, plan.round());
        }
    }
}
