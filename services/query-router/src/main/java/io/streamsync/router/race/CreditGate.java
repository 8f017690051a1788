package io.streamsync.router.race;

import io.netty.channel.EventLoop;
import io.streamsync.router.access.CreditLeases;
import io.streamsync.router.access.LeaseState;
import io.streamsync.router.market.PricedField;
import java.util.function.Consumer;

/// Sees to it that the customer's lease covers a query before it is drawn. Where the lease runs short and there may be
/// more, that customer's query waits for billing, up to a second; nobody else's does.
final class CreditGate {

    private final CreditLeases leases;

    CreditGate(CreditLeases leases) {
        this.leases = leases;
    }

    /// What there is to spend.
    enum Cover {
        /// At least the cheapest candidate can be paid.
        ENOUGH,
        NOTHING_LEFT,
        /// Billing did not say.
        UNKNOWN
    }

    /// @param then called on the loop, at once when nothing has to be asked
    void cover(String accountId, PricedField field, EventLoop loop, Consumer<Cover> then) {
        var remaining = leases.remaining(accountId);
        if (remaining >= field.dearestAsk() || isAllThereIs(accountId, field, remaining)) {
            then.accept(Cover.ENOUGH);
            return;
        }
        leases.lease(accountId, field.dearestAsk(), field.dearestAsk())
                .whenComplete((state, failure) -> loop.execute(() ->
                        then.accept(covered(accountId, field, failure == null ? state : LeaseState.UNAVAILABLE))));
    }

    /// Nodes dearer than the whole balance are skipped in the draw; asking billing again would not help.
    private boolean isAllThereIs(String accountId, PricedField field, long remaining) {
        return remaining >= field.cheapestAsk() && leases.balanceEstimate(accountId) <= remaining;
    }

    private Cover covered(String accountId, PricedField field, LeaseState state) {
        if (leases.remaining(accountId) >= field.cheapestAsk()) {
            return Cover.ENOUGH;
        }
        return switch (state) {
            case GRANTED, NOTHING_LEFT -> Cover.NOTHING_LEFT;
            case UNAVAILABLE -> Cover.UNKNOWN;
        };
    }
}
