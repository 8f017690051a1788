package io.streamsync.onboarding.node;

import io.streamsync.protocol.market.NodeState;
import org.jspecify.annotations.Nullable;

/// A node was added or changed, in the present transaction.
///
/// @param before null when it was added
public record NodeChanged(@Nullable Node before, Node after) {

    /// Whether its checks begin anew.
    public boolean startsOver() {
        return after.state() == NodeState.CHECKING
                && (before == null
                        || before.state() != NodeState.CHECKING
                        || !before.reach().leadsTo(after.reach()));
    }

    /// Whether it entered the market.
    public boolean isAdmission() {
        return after.state().isListed() && (before == null || !before.state().isListed());
    }

    /// Whether it left the market for good, or its checks gave up.
    public boolean endsChecks() {
        return after.isRetired() || after.state() == NodeState.FAILED;
    }

    /// Whether it left the market with its operator for a while.
    public boolean isPause() {
        return after.returnsAs() != null;
    }

    /// Whether it was in the market before it was delisted with its operator, and is again.
    public boolean isReturn() {
        return before != null && before.returnsAs() != null && after.state().isListed();
    }
}
