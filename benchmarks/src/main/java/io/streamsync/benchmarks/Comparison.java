package io.streamsync.benchmarks;

import io.streamsync.benchmarks.Plan.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The router beside what one would use instead: in turn, in one go, on one machine.
final class Comparison {

    private static final String COST_TARGET = "at most 1.0";

    private final Course course;
    private final Plan plan;

    private Comparison(Course course, Plan plan) {
        this.course = course;
        this.plan = plan;
    }

    /// @param arguments of [Plan]
    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        var plan = Plan.of(arguments);
        try (var course = Course.prepare()) {
            new Comparison(course, plan).run();
        }
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        if (plan.has(Part.COST, Part.LATENCY)) {
            try (var market = course.market(0)) {
                compare(List.of(Course.router(market, 1, 0)));
            }
        }
        try (var market = course.market(2)) {
            var routers = List.of(Course.router(market, 3, 2), Course.router(market, 5, 2));
            if (plan.has(Part.COST, Part.LATENCY, Part.LARGE)) {
                var costs = compare(routers);
                if (plan.has(Part.LARGE)) {
                    LargeAnswers.print(course, market, routers.getFirst(), costs, plan);
                }
            }
            if (plan.has(Part.TAIL)) {
                course.behave("log-normal 20 200");
                Tail.print(course.direct(), routers, plan);
                course.behave("none");
            }
        }
    }

    private CostTable compare(List<Contestant> routers) throws InterruptedException {
        var gateway = course.plainGateway();
        var contestants = new ArrayList<>(course.proxies());
        contestants.add(gateway);
        contestants.addAll(routers);
        var costs = CostTable.measure(contestants, plan);
        costs.print();
        for (var router : routers) {
            Report.ratio(
                    "CPU per query, " + router.name() + ", to the Gateway's",
                    costs.ratio(router, gateway),
                    COST_TARGET);
        }
        if (plan.has(Part.LATENCY)) {
            AddedLatency.print(contestants.getFirst(), contestants.subList(1, contestants.size()), costs, plan);
        }
        return costs;
    }
}
