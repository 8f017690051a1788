package io.streamsync.verifier.check;

import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Whether a router skips a rival. That a circuit is open or a node has no room is the router's word, and a
/// node that is down or full is skipped by everybody. So a router's skips of an operator are compared with what
/// the others did with the same operator in the same ten seconds. It is a suspicion, with figures: a broken
/// line between one router and one operator looks the same. The test is described in `docs/verification.md`.
final class SkipStatistics {

    private static final long BIN_MILLIS = 10_000;

    /// Fewer are told of nobody.
    private static final long LEAST_SKIPS = 20;

    /// Fewer draws by the others say nothing of these ten seconds.
    private static final long LEAST_OTHERS = 3;

    /// Standard deviations: by chance once in a billion.
    private static final double LEAST_SIGMA = 6;

    private static final double FACTOR = 3;
    private static final double MARGIN = 0.05;

    private final Findings findings;
    /// By operator, then by ten seconds, then by router.
    private final Map<OperatorId, Map<Long, Map<Integer, DrawCounts>>> draws = new TreeMap<>();

    private final Map<Integer, DrawCounts> byRouter = new HashMap<>();

    SkipStatistics(Findings findings) {
        this.findings = findings;
    }

    void answered(AnsweredLeaf leaf) {
        var asked = leaf.record().asked();
        asked.places().forEach(place -> count(leaf, place.operatorId(), DrawCounts.PLACED));
        asked.skipped()
                .forEach(skip -> count(
                        leaf,
                        skip.operatorId(),
                        isRoutersWord(skip.reason()) ? DrawCounts.SKIPPED : DrawCounts.PLACED));
    }

    void finish(long window) {
        draws.forEach((operator, bins) -> {
            var routers = bins.values().stream()
                    .flatMap(counts -> counts.keySet().stream())
                    .distinct()
                    .toList();
            routers.forEach(router -> compare(window, router, operator, bins));
        });
    }

    private void compare(long window, int router, OperatorId operator, Map<Long, Map<Integer, DrawCounts>> bins) {
        var comparison = Comparison.NONE;
        var all = DrawCounts.NONE;
        for (var routers : bins.values()) {
            var own = routers.getOrDefault(router, DrawCounts.NONE);
            var others = routers.values().stream()
                    .reduce(DrawCounts.NONE, DrawCounts::plus)
                    .minus(own);
            all = all.plus(own);
            if (others.drawn() >= LEAST_OTHERS) {
                comparison = comparison.plus(own, others);
            }
        }
        var elsewhere =
                byRouter.getOrDefault(router, DrawCounts.NONE).minus(all).rate();
        if (comparison.isSuspicious(elsewhere)) {
            findings.add(
                    FindingCode.SKIPS_SINGLE_OUT,
                    Where.window(window),
                    "router %d to skip operator %s about %.0f times of %d, as others do at the same time"
                            .formatted(router, operator, comparison.expected, comparison.own.drawn()),
                    "%d times, %.0f standard deviations more, and %.1f %% of its draws of others"
                            .formatted(comparison.own.skipped(), comparison.sigma(), 100 * elsewhere));
        }
    }

    private void count(AnsweredLeaf leaf, OperatorId operator, DrawCounts counts) {
        var router = leaf.stream().router();
        var bin = Math.floorDiv(leaf.record().race().occurredAt(), BIN_MILLIS);
        draws.computeIfAbsent(operator, _ -> new HashMap<>())
                .computeIfAbsent(bin, _ -> new HashMap<>())
                .merge(router, counts, DrawCounts::plus);
        byRouter.merge(router, counts, DrawCounts::plus);
    }

    /// Credit is the customer's matter, and who is behind follows from the slot that the customer needs.
    private static boolean isRoutersWord(SkipReason reason) {
        return reason == SkipReason.CIRCUIT_OPEN || reason == SkipReason.CAPACITY;
    }

    /// What a router did, beside what the others would have done in its place.
    private record Comparison(DrawCounts own, double expected, double variance) {

        static final Comparison NONE = new Comparison(DrawCounts.NONE, 0, 0);

        /// A little doubt in favour of the router: whoever has seen nobody skip has not seen that nobody would.
        Comparison plus(DrawCounts more, DrawCounts others) {
            var rate = (others.skipped() + 0.5) / (others.drawn() + 1);
            return new Comparison(
                    own.plus(more),
                    expected + more.drawn() * rate,
                    variance + more.drawn() * rate * (1 - rate) * (1 + more.drawn() / (others.drawn() + 1.0)));
        }

        double sigma() {
            return (own.skipped() - expected) / Math.sqrt(Math.max(variance, 1));
        }

        /// @param elsewhere how often the router skips whoever is not this operator: a full one skips everybody
        boolean isSuspicious(double elsewhere) {
            return own.skipped() >= LEAST_SKIPS
                    && sigma() >= LEAST_SIGMA
                    && own.rate() >= FACTOR * expected / own.drawn() + MARGIN
                    && own.rate() >= FACTOR * elsewhere;
        }
    }
}
