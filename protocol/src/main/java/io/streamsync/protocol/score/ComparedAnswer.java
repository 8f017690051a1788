package io.streamsync.protocol.score;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import java.util.List;

/// An operator's answer in a race beside the answers that it can be compared with.
///
/// @param shadow whether it was asked as an unpaid third checker, as operators with an open flag are
/// @param others at least one
public record ComparedAnswer(OperatorId operatorId, QueryClass queryClass, boolean shadow, List<Beside> others) {

    public ComparedAnswer {
        if (others.isEmpty()) {
            throw new IllegalArgumentException("a compared answer has another beside it");
        }
        others = List.copyOf(others);
    }

    /// Another's answer.
    ///
    /// @param slotsApart how far the slots of the two answers lie apart, 0 where they have none
    public record Beside(OperatorId operatorId, Comparison comparison, int slotsApart) {}

    public enum Comparison {
        SAME,
        /// Two values at two slots: the state may have changed in between, or one of them is made up.
        DIFFERENT,
        /// Two values of which one is wrong. Honest nodes have none.
        CONFLICT
    }
}
