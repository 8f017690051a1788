package io.streamsync.router.pubsub;

import io.streamsync.protocol.draw.Candidate;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.router.market.MarketView;
import io.streamsync.router.market.PricedField;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The fields of one view, as subscriptions need them. Ceilings between the same two asks are one: a client can make up
/// any number of them. Safe for use on many loops.
final class Fields {

    private static final QueryClass CLASS = QueryClass.LOOKUP;

    /// Beyond these candidates are looked for one by one.
    private static final int MOST_INDEXED = 64;

    private final MarketView view;
    private final long[] asks;
    private final Map<Terms, Map<NodeId, Candidate>> indexed = new ConcurrentHashMap<>();

    Fields(MarketView view) {
        this.view = view;
        this.asks = view.snapshot().nodes().stream()
                .map(node -> node.offers().get(CLASS))
                .filter(offer -> offer != null)
                .mapToLong(offer -> offer.ask().priceNano())
                .sorted()
                .toArray();
    }

    MarketView view() {
        return view;
    }

    PricedField of(Terms terms) {
        return view.field(CLASS, rounded(terms));
    }

    /// Not kept: of somebody who may never pay.
    PricedField onceOf(Terms terms) {
        return view.fieldForOnce(CLASS, rounded(terms));
    }

    /// The node as a candidate under these terms; null when it is none.
    @Nullable
    Candidate candidate(NodeId node, Terms terms) {
        var rounded = rounded(terms);
        var known = indexed.get(rounded);
        if (known == null && indexed.size() < MOST_INDEXED) {
            known = index(rounded);
            indexed.put(rounded, known);
        }
        if (known != null) {
            return known.get(node);
        }
        for (var candidate : view.field(CLASS, rounded).field().candidates()) {
            if (candidate.node().id().equals(node)) {
                return candidate;
            }
        }
        return null;
    }

    private Map<NodeId, Candidate> index(Terms rounded) {
        var byNode = new HashMap<NodeId, Candidate>();
        for (var candidate : view.field(CLASS, rounded).field().candidates()) {
            byNode.put(candidate.node().id(), candidate);
        }
        return byNode;
    }

    /// To the highest ask that it allows.
    private Terms rounded(Terms terms) {
        if (terms.maxPriceNano().isEmpty() || asks.length == 0) {
            return terms;
        }
        var ceiling = terms.maxPriceNano().getAsLong();
        var found = Arrays.binarySearch(asks, ceiling);
        if (found >= 0) {
            return terms;
        }
        var above = -found - 1;
        return new Terms(
                terms.prefer(),
                OptionalLong.of(above == 0 ? 0 : asks[above - 1]),
                terms.maxLatencyMs(),
                terms.racers(),
                terms.stagedRacers(),
                terms.quorum(),
                terms.only(),
                terms.exclude());
    }
}
