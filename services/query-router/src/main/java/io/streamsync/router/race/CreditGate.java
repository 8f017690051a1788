package io.streamsync.router.race;

import io.netty.channel.EventLoop;
import io.streamsync.router.access.Credential;
import io.streamsync.router.access.CreditLeases;
import io.streamsync.router.access.LeaseState;
import io.streamsync.router.market.PricedField;
import java.util.function.Consumer;

/// Sees to it that the customer's lease, or the key's own, covers a query before it is drawn. Where the lease
/// runs short and there may be more, that customer's query waits for billing, up to a second; nobody else's
/// does.
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
        /// The key's own cap for the day is leased or spent.
        CAP_REACHED,
        /// Billing did not say.
        UNKNOWN
    }

    /// @param then called on the loop, at once when nothing has to be asked
    void cover(Credential credential, PricedField field, EventLoop loop, Consumer<Cover> then) {
        cover(credential, field, loop, System.nanoTime(), then);
    }

    private void cover(Credential credential, PricedField field, EventLoop loop, long since, Consumer<Cover> then) {
        var holder = credential.creditHolder();
        var remaining = leases.remaining(holder);
        if (remaining >= field.dearestAsk() || isAllThereIs(holder, field, remaining)) {
            then.accept(Cover.ENOUGH);
            return;
        }
        leases.lease(credential, field.dearestAsk(), field.cheapestAsk(), field.dearestAsk())
                .whenComplete((state, failure) -> loop.execute(() -> covered(
                        credential, field, loop, since, failure == null ? state : LeaseState.UNAVAILABLE, then)));
    }

    /// Nodes dearer than the whole balance are skipped in the draw; asking billing again would not help.
    private boolean isAllThereIs(String holder, PricedField field, long remaining) {
        return remaining >= field.cheapestAsk() && leases.balanceEstimate(holder) <= remaining;
    }

    private void covered(
            Credential credential,
            PricedField field,
            EventLoop loop,
            long since,
            LeaseState state,
            Consumer<Cover> then) {
        if (leases.remaining(credential.creditHolder()) >= field.cheapestAsk()) {
            then.accept(Cover.ENOUGH);
            return;
        }
        switch (state) {
            case GRANTED -> coverAgain(credential, field, loop, since, then);
            case NOTHING_LEFT -> tooLittle(credential, field, Cover.NOTHING_LEFT, then);
            case CAP_REACHED -> tooLittle(credential, field, Cover.CAP_REACHED, then);
            case UNAVAILABLE -> then.accept(Cover.UNKNOWN);
        }
    }

    private void tooLittle(Credential credential, PricedField field, Cover why, Consumer<Cover> then) {
        leases.giveBack(credential.creditHolder(), field.cheapestAsk());
        then.accept(why);
    }

    /// What was granted went to others who waited for it: that is not the end of the customer's credit.
    private void coverAgain(
            Credential credential, PricedField field, EventLoop loop, long since, Consumer<Cover> then) {
        if (System.nanoTime() - since < PATIENCE_NANOS) {
            cover(credential, field, loop, since, then);
        } else {
            then.accept(Cover.UNKNOWN);
        }
    }
}
