package io.streamsync.router.submission;

import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.router.market.MarketView;
import io.streamsync.router.node.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The nodes that sell a class, one after the other, so that what customers do not pay for is spread over all: active
/// ones, and those on probation only where nobody else is. Belongs to the loop of the rebroadcast.
final class NodesInTurn {

    private final QueryClass queryClass;
    private Map<NodeId, ListedNode> selling = Map.of();
    private List<ListedNode> sellers = List.of();
    private @Nullable MarketView seen;
    private int next;

    NodesInTurn(QueryClass queryClass) {
        this.queryClass = queryClass;
    }

    /// @return the next that can be used now and fits; null when none does
    @Nullable
    Chosen next(MarketView market, Predicate<ListedNode> fits) {
        look(market);
        var nodes = sellers;
        for (var i = 0; i < nodes.size(); i++) {
            var node = nodes.get(Math.floorMod(next++, nodes.size()));
            var chosen = fits.test(node) ? usable(market, node) : null;
            if (chosen != null) {
                return chosen;
            }
        }
        return null;
    }

    /// @return null when it has left the market or cannot be used now
    @Nullable
    Chosen find(MarketView market, NodeId nodeId) {
        look(market);
        var node = selling.get(nodeId);
        return node == null ? null : usable(market, node);
    }

    /// Once for each market, not for each transaction.
    private void look(MarketView market) {
        if (market != seen) {
            seen = market;
            var all = market.snapshot().nodes().stream().filter(this::sells).toList();
            var active = all.stream()
                    .filter(node -> node.state() == NodeState.ACTIVE)
                    .toList();
            sellers = active.isEmpty() ? all : active;
            selling = all.stream().collect(Collectors.toMap(ListedNode::id, node -> node));
        }
    }

    private boolean sells(ListedNode node) {
        return node.state().isListed() && node.offers().containsKey(queryClass);
    }

    private @Nullable Chosen usable(MarketView market, ListedNode node) {
        var upstream = market.upstream(node.id());
        var capacity =
                Objects.requireNonNull(node.offers().get(queryClass)).ask().capacity();
        return upstream.unusable(queryClass, capacity, System.nanoTime()) == null
                ? new Chosen(
                        upstream,
                        node.id(),
                        market.snapshot().operator(node.operatorId()).countsAs())
                : null;
    }

    record Chosen(Upstream upstream, NodeId nodeId, OperatorId countsAs) {}
}
