package io.streamsync.router.pubsub;

import io.streamsync.protocol.draw.Candidate;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.tip.Commitment;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.market.MarketView;
import io.streamsync.router.market.PricedField;
import io.streamsync.router.node.Upstream;
import io.streamsync.router.tip.Tips;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Draws the node that serves a subscription: with the chances of a racing place of class `lookup` under the customer's
/// terms. Nodes that failed lately are passed over while there are others. Used on one loop; fields also elsewhere.
final class NodeChoice {

    private static final QueryClass CLASS = QueryClass.LOOKUP;

    private final Map<NodeId, Failures> failures = new ConcurrentHashMap<>();
    private final Supplier<MarketView> market;
    private final Tips tips;
    private final Supplier<RandomGenerator> random;
    private final RouterLog log;
    private volatile @Nullable Fields fields;

    NodeChoice(Supplier<MarketView> market, Tips tips, Supplier<RandomGenerator> random, RouterLog log) {
        this.market = market;
        this.tips = tips;
        this.random = random;
        this.log = log;
    }

    /// @param without operators that count as these are left out
    /// @param preferred nodes that serve the same already: while one of them may, no other is asked
    /// @return null when nobody is left
    @Nullable
    Chosen draw(Terms terms, Set<OperatorId> without, Predicate<Upstream> preferred) {
        var fields = fields();
        var view = fields.view();
        var now = System.nanoTime();
        var left = fields.of(terms).field().candidates().stream()
                .filter(candidate -> !without.contains(candidate.countsAs())
                        && upstream(view, candidate).takesWebSockets())
                .toList();
        var sound = preferably(left, candidate -> isSound(view, candidate, now));
        var shared = preferably(sound, candidate -> preferred.test(upstream(view, candidate)));
        return shared.isEmpty() ? null : chosen(view, draw(shared));
    }

    MarketView market() {
        return market.get();
    }

    /// What the class costs under these terms.
    PricedField field(Terms terms) {
        return fields().of(terms);
    }

    /// The same for somebody who may never pay: it is not kept.
    PricedField fieldForOnce(Terms terms) {
        return fields().onceOf(terms);
    }

    /// The node at its ask of now; null when it must not go on under these terms, because it left the market, is
    /// flagged, asks too much or is reached in another way.
    @Nullable
    Chosen again(Chosen node, Terms terms) {
        var fields = fields();
        var candidate = fields.candidate(node.nodeId(), terms);
        return candidate != null && upstream(fields.view(), candidate).equals(node.upstream())
                ? chosen(fields.view(), candidate)
                : null;
    }

    private Fields fields() {
        var view = market.get();
        var known = fields;
        if (known == null || known.view() != view) {
            known = new Fields(view);
            fields = known;
        }
        return known;
    }

    /// A connection to the node is of no more use.
    void lost(NodeId nodeId, NodeLoss reason) {
        log.subscriptionsLost(nodeId.value(), reason.name());
        if (reason.isFault()) {
            var now = System.nanoTime();
            failures.values().removeIf(failure -> failure.isForgotten(now));
            failures.compute(nodeId, (_, before) -> Failures.oneMore(before, now));
        }
    }

    void served(NodeId nodeId) {
        failures.computeIfPresent(nodeId, (_, before) -> before.served());
    }

    /// Anything from nothing to the whole.
    long jitter(long whole) {
        return random.get().nextLong(whole + 1);
    }

    /// Whether the chain can have come to the slot: one node must not put all that others tell out of reach.
    boolean isPlausible(long slot) {
        return slot <= tips.reach().highest(Commitment.PROCESSED, Tips.millis());
    }

    /// Below this slot a node is behind; negative when that is not known.
    long lowestSlot() {
        return Math.max(-1, tips.reach().lowest(Commitment.PROCESSED));
    }

    private boolean isSound(MarketView view, Candidate candidate, long now) {
        var failed = failures.get(candidate.node().id());
        return (failed == null || !failed.isPassedOver(now))
                && upstream(view, candidate).unusable(CLASS, candidate.ask().capacity(), now) == null;
    }

    /// Those; all when there are none.
    private static List<Candidate> preferably(List<Candidate> candidates, Predicate<Candidate> those) {
        var preferred = candidates.stream().filter(those).toList();
        return preferred.isEmpty() ? candidates : preferred;
    }

    private Candidate draw(List<Candidate> candidates) {
        var sum = candidates.stream().mapToDouble(Candidate::probability).sum();
        var left = random.get().nextDouble() * sum;
        for (var candidate : candidates) {
            left -= candidate.probability();
            if (left < 0) {
                return candidate;
            }
        }
        return candidates.getLast();
    }

    private static Chosen chosen(MarketView view, Candidate candidate) {
        return new Chosen(
                candidate.node().id(),
                candidate.node().operatorId(),
                candidate.countsAs(),
                upstream(view, candidate),
                candidate.ask().priceNano());
    }

    private static Upstream upstream(MarketView view, Candidate candidate) {
        return view.upstream(candidate.node().id());
    }

    /// @param countsAs the operator that the node's counts as
    /// @param askNano what it asks now
    record Chosen(NodeId nodeId, OperatorId operatorId, OperatorId countsAs, Upstream upstream, long askNano) {}

    /// How often a node failed in a row, and until when it is passed over for that.
    private record Failures(int count, long passedOverUntil) {

        private static final long FIRST_NANOS = 500_000_000L;

        /// Long enough that not every broadcast tries a dead node again, short enough that one is back soon.
        private static final int MOST_DOUBLINGS = 5;

        static Failures oneMore(@Nullable Failures before, long now) {
            var count = before == null ? 1 : Math.min(before.count + 1, MOST_DOUBLINGS);
            return new Failures(count, now + (FIRST_NANOS << (count - 1)));
        }

        /// It may be asked, but not as if it had never failed: a node that takes everybody and serves nobody.
        Failures served() {
            return new Failures(count, System.nanoTime());
        }

        boolean isPassedOver(long now) {
            return now - passedOverUntil < 0;
        }

        boolean isForgotten(long now) {
            return now - passedOverUntil > FIRST_NANOS << MOST_DOUBLINGS;
        }
    }
}
