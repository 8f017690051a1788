package io.streamsync.onboarding.operator;

import io.streamsync.protocol.market.OperatorId;

/// What the stake must be for an operator to be in the market; who holds the stakes says so.
public interface StakeRequirement {

    /// Refuses with what is missing when the operator's stake is below the minimum.
    void require(OperatorId operatorId);
}
