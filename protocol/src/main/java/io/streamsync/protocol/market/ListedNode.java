package io.streamsync.protocol.market;

import java.util.Map;

/// A node as a snapshot names it.
///
/// @param uptime the uptime score in millionths
/// @param offers what the node sells, by class
public record ListedNode(NodeId id, OperatorId operatorId, NodeState state, int uptime, Map<QueryClass, Offer> offers) {

    public ListedNode {
        offers = Map.copyOf(offers);
    }
}
