package io.streamsync.onboarding.operator;

import io.streamsync.protocol.market.OperatorId;

/// An operator's name, payout address or state changed, in the present transaction.
public record OperatorChanged(Operator before, Operator after) {

    public OperatorId operatorId() {
        return after.id();
    }

    /// Whether it came into this state by the change.
    public boolean enters(OperatorState state) {
        return after.state() == state && before.state() != state;
    }

    /// Whether it was delisted and comes back.
    public boolean isReturn() {
        return before.state() == OperatorState.DELISTED && after.state() == OperatorState.STAKED;
    }
}
