package io.streamsync.router.market;

import io.streamsync.events.onboarding.NodeListed;
import io.streamsync.events.onboarding.NodeListed.AskListed;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.router.node.Upstream;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/// A node's listing in the words of the rules, with the node behind it.
record Listing(
        NodeId nodeId,
        OperatorId operatorId,
        OperatorId countsAs,
        String operatorState,
        long bondedStake,
        NodeState state,
        Map<QueryClass, Ask> asks,
        Upstream upstream,
        Instant occurredAt) {

    Listing {
        asks = Map.copyOf(asks);
    }

    /// @throws IllegalArgumentException when the event does not describe a node that can be asked
    static Listing of(NodeListed event, Upstream upstream) {
        return new Listing(
                new NodeId(event.nodeId()),
                new OperatorId(event.operatorId()),
                new OperatorId(event.countsAs()),
                event.operatorState(),
                Long.parseLong(event.bondedStake()),
                NodeState.valueOf(event.state()),
                asks(event.asks()),
                upstream,
                event.occurredAt());
    }

    private static Map<QueryClass, Ask> asks(Map<String, AskListed> listed) {
        var asks = new EnumMap<QueryClass, Ask>(QueryClass.class);
        listed.forEach((name, ask) -> QueryClass.ofWireName(name)
                .ifPresent(queryClass -> asks.put(
                        queryClass, new Ask(Long.parseLong(ask.price()), ask.maxLatencyMs(), ask.capacity()))));
        return asks;
    }
}
