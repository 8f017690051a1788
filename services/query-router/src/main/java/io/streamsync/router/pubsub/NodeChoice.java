package io.streamsync.router.pubsub;

import io.streamsync.protocol.draw.Candidate;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.market.MarketView;
import io.streamsync.router.node.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Draws the node that serves a client's subscriptions: with the chances of a racing place of class `lookup`.
/// Nodes that could not be reached lately are passed over while there are others. Shared by all loops.
final class NodeChoice {

    private static final QueryClass CLASS = QueryClass.LOOKUP;

    /// Long enough that not every client tries a dead node again, short enough that one is back soon.
    private static final Duration PASSED_OVER = Duration.ofSeconds(10);

    private final Map<NodeId, Long> unreachableUntil = new ConcurrentHashMap<>();
    private final Supplier<MarketView> market;
    private final Terms terms;
    private final Supplier<RandomGenerator> random;
    private final RouterLog log;

    NodeChoice(Supplier<MarketView> market, Parameters parameters, Supplier<RandomGenerator> random, RouterLog log) {
        this.market = market;
        this.terms = Terms.standard(parameters.racingPlaces());
        this.random = random;
        this.log = log;
    }

    /// @param tried operators that count as these are left out
    /// @return null when nobody is left
    @Nullable
    Chosen draw(Set<OperatorId> tried) {
        var view = market.get();
        var now = System.nanoTime();
        var left = view.field(CLASS, terms).field().candidates().stream()
                .filter(candidate -> !tried.contains(candidate.countsAs())
                        && upstream(view, candidate).takesWebSockets())
                .toList();
        var sound = sound(left, candidate -> isSound(view, candidate, now));
        return sound.isEmpty() ? null : chosen(view, draw(sound));
    }

    MarketView market() {
        return market.get();
    }

    /// Whether the node may go on: still listed, for the class, and reached as before.
    static boolean isListed(Chosen node, MarketView view) {
        return view.snapshot().nodes().stream()
                .anyMatch(listed -> listed.id().equals(node.nodeId())
                        && listed.offers().containsKey(CLASS)
                        && view.upstream(listed.id()).equals(node.upstream()));
    }

    /// Chosen, but it could not be reached or did not last.
    void lost(Chosen node, String reason) {
        var now = System.nanoTime();
        unreachableUntil.values().removeIf(until -> now - until >= 0);
        var before = unreachableUntil.put(node.nodeId(), now + PASSED_OVER.toNanos());
        if (before == null) {
            log.subscriptionsLost(node.nodeId().value(), reason);
        }
    }

    void served(Chosen node) {
        unreachableUntil.remove(node.nodeId());
    }

    /// Anything from nothing to the whole.
    long jitter(long whole) {
        return random.get().nextLong(whole + 1);
    }

    private boolean isSound(MarketView view, Candidate candidate, long now) {
        var until = unreachableUntil.get(candidate.node().id());
        return (until == null || now - until >= 0)
                && upstream(view, candidate).unusable(CLASS, candidate.ask().capacity(), now) == null;
    }

    /// The sound ones; all when none is.
    private static List<Candidate> sound(List<Candidate> candidates, Predicate<Candidate> isSound) {
        var sound = candidates.stream().filter(isSound).toList();
        return sound.isEmpty() ? candidates : sound;
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
        return new Chosen(candidate.node().id(), candidate.countsAs(), upstream(view, candidate));
    }

    private static Upstream upstream(MarketView view, Candidate candidate) {
        return view.upstream(candidate.node().id());
    }

    /// @param countsAs the operator that the node's counts as
    record Chosen(NodeId nodeId, OperatorId countsAs, Upstream upstream) {}
}
