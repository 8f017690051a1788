package io.streamsync.onboarding.publication;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What one transaction changed of what the market knows, and what of that it was told.
class Changes {

    private final Set<OperatorId> operators = new TreeSet<>();
    private final Set<NodeId> nodes = new TreeSet<>();
    private final Set<NodeId> told = new HashSet<>();
    private boolean mayRegroup;

    void operator(OperatorId operatorId) {
        operators.add(operatorId);
    }

    void node(NodeId nodeId) {
        nodes.add(nodeId);
    }

    /// Operators may share something now that they did not share before, or the other way round.
    void groups() {
        mayRegroup = true;
    }

    void told(NodeId nodeId) {
        told.add(nodeId);
    }

    boolean mayRegroup() {
        return mayRegroup;
    }

    /// All of whose nodes are described anew.
    List<OperatorId> operators() {
        return List.copyOf(operators);
    }

    List<NodeId> untoldNodes() {
        return nodes.stream().filter(node -> !told.contains(node)).toList();
    }
}
