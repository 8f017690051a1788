package io.streamsync.reputation.score;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;

/// One thing that was seen of a node or an operator and that moves a score (protocol, Reputation).
public sealed interface Observation {

    /// How a node's answer compares to the fastest confirmed one.
    ///
    /// @param value in [0,1]; 0 for a failure that counts
    record Performance(NodeId nodeId, QueryClass queryClass, double value) implements Observation {

        public Performance {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("performance lies in [0,1]");
            }
        }
    }

    /// A node answered, or failed where another operator answered.
    record Presence(NodeId nodeId, boolean answered) implements Observation {}

    /// A node answered a probe as others did: it counts for the end of probation, and for nothing else.
    record ConfirmedProbe(NodeId nodeId) implements Observation {}

    /// A node's answer was confirmed.
    record Confirmation(NodeId nodeId, OperatorId operatorId) implements Observation {}

    /// An operator's answer was contradicted.
    record Contradiction(OperatorId operatorId) implements Observation {}

    /// An operator stood on one side of a conflict that nobody can judge.
    record Conflict(OperatorId operatorId, QueryClass queryClass) implements Observation {}
}
