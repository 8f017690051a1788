package io.streamsync.benchmarks;

import io.streamsync.benchmarks.Plan.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The router beside what one would use instead: in turn, in one go, on one machine.
final class Comparison {

    /// What a query may cost in CPU, in queries of the plain Gateway's.
    private static final double MOST_COST = 1.0;

    private final Course course;
    private final Plan plan;
    private boolean isWithinTargets = true;

    private Comparison(Course course, Plan plan) {
        this.course = course;
        this.plan = plan;
    }

    /// @param arguments of [Plan]
    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        var plan = Plan.of(arguments);
        try (var course = Course.prepare()) {
            var comparison = new Comparison(course, plan);
            comparison.run();
            System.exit(plan.gate() && !comparison.isWithinTargets ? 1 : 0);
        }
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
            if (plan.has(Part.DRAIN)) {
                Drain.print(market, routers.getFirst(), plan);
            }
            if (plan.has(Part.ENDURANCE)) {
                Endurance.print(market, routers.getFirst(), plan);
            }
        }
    }

    private CostTable compare(List<Contestant> routers) throws InterruptedException {
        var gateway = course.plainGateway();
        var contestants = new ArrayList<>(course.proxies());
        contestants.add(gateway);
        contestants.addAll(routers);
        var costs = CostTable.measure(contestants, plan);
        costs.print(gateway);
        for (var router : routers) {
            var ratio = costs.ratio(router, gateway);
            isWithinTargets &= !isBound(router) || ratio <= MOST_COST;
            Report.ratio(
                    "CPU per query, " + router.name() + ", to the Gateway's",
                    ratio,
                    isBound(router) ? "at most " + MOST_COST : "");
        }
        if (plan.has(Part.LATENCY)) {
            AddedLatency.print(contestants.getFirst(), contestants.subList(1, contestants.size()), costs, plan);
        }
        return costs;
    }

    /// The targets are those of one racing place and of the standard race.
    private static boolean isBound(Contestant router) {
        return !router.name().contains("5 racing");
    }
}
