package io.streamsync.router.pubsub;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.router.access.CreditLeases;

/// Credit as leases show it.
final class LeasedFunds implements Funds {

    private final CreditLeases leases;
    private final NodeChoice choice;
    private final Terms standard;

    LeasedFunds(CreditLeases leases, NodeChoice choice, Terms standard) {
        this.leases = leases;
        this.choice = choice;
        this.standard = standard;
    }

    @Override
    public boolean has(String accountId) {
        return leases.balanceEstimate(accountId) >= least();
    }

    @Override
    public void seek(String accountId, Runnable found) {
        var ask = least();
        var _ = leases.lease(accountId, ask, ask).whenComplete((_, _) -> {
            if (has(accountId)) {
                found.run();
            }
        });
    }

    /// A crumb pays for nothing.
    private long least() {
        return Math.max(1, choice.field(standard).cheapestAsk());
    }
}
