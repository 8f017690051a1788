package io.streamsync.protocol.draw;

import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.Offer;
import io.streamsync.protocol.parameters.Parameters;

/// A listed node that sells a class.
///
/// @param group index of the operator group under which it is drawn
record Seller(int group, ListedOperator operator, ListedNode node, Offer offer) {

    Ask ask() {
        return offer.ask();
    }

    boolean isActive() {
        return node.state() == NodeState.ACTIVE;
    }

    /// Accurate enough for its state, to race or to vote.
    boolean isAccurate(Parameters parameters) {
        return operator.accuracy()
                >= (isActive() ? parameters.accuracyThreshold() : parameters.probationAccuracyThreshold());
    }
}
