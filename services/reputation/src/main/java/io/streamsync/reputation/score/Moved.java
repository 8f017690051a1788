package io.streamsync.reputation.score;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import java.util.Set;

/// Whose scores moved by observation.
public record Moved(Set<NodeId> nodes, Set<OperatorId> operators) {

    public Moved {
        nodes = Set.copyOf(nodes);
        operators = Set.copyOf(operators);
    }
}
