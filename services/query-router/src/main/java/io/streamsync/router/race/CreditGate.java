package io.streamsync.router.race;

import io.netty.channel.EventLoop;
import io.streamsync.router.access.CreditLeases;
import io.streamsync.router.access.LeaseState;
import io.streamsync.router.market.PricedField;
import java.util.function.Consumer;

/// Sees to it that the customer's lease covers a query before it is drawn. Where the lease runs short and there may be
/// more, that customer's query waits for billing, up to a second; nobody else's does.
final class CreditGate {

    /// How long a query waits for credit (public interfaces, Queries).
    private static final long PATIENCE_NANOS = 1_000_000_000L;

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
        cover(accountId, field, loop, System.nanoTime(), then);
    }

    private void cover(String accountId, PricedField field, EventLoop loop, long since, Consumer<Cover> then) {
        var remaining = leases.remaining(accountId);
        if (remaining >= field.dearestAsk() || isAllThereIs(accountId, field, remaining)) {
            then.accept(Cover.ENOUGH);
            return;
        }
        leases.lease(accountId, field.dearestAsk(), field.dearestAsk())
                .whenComplete((state, failure) -> loop.execute(() -> covered(
                        accountId, field, loop, since, failure == null ? state : LeaseState.UNAVAILABLE, then)));
    }

    /// Nodes dearer than the whole balance are skipped in the draw; asking billing again would not help.
    private boolean isAllThereIs(String accountId, PricedField field, long remaining) {
        return remaining >= field.cheapestAsk() && leases.balanceEstimate(accountId) <= remaining;
    }

    private void covered(
            String accountId, PricedField field, EventLoop loop, long since, LeaseState state, Consumer<Cover> then) {
        if (leases.remaining(accountId) >= field.cheapestAsk()) {
            then.accept(Cover.ENOUGH);
            return;
        }
        switch (state) {
            case GRANTED -> coverAgain(accountId, field, loop, since, then);
            case NOTHING_LEFT -> then.accept(Cover.NOTHING_LEFT);
            case UNAVAILABLE -> then.accept(Cover.UNKNOWN);
        }
    }

    /// What was granted went to others who waited for it: that is not the end of the customer's credit.
    private void coverAgain(String accountId, PricedField field, EventLoop loop, long since, Consumer<Cover> then) {
        if (System.nanoTime() - since < PATIENCE_NANOS) {
            cover(accountId, field, loop, since, then);
        } else {
            then.accept(Cover.UNKNOWN);
        }
    }
}
