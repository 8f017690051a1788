package io.streamsync.router.pubsub;

import io.streamsync.router.access.Credential;
import io.streamsync.router.access.CreditLeases;
import io.streamsync.router.access.LeaseState;
import io.streamsync.router.pubsub.Funding.CapReached;
import io.streamsync.router.pubsub.Funding.Held;
import io.streamsync.router.pubsub.Funding.NothingLeft;
import io.streamsync.router.pubsub.Funding.TooLittle;
import io.streamsync.router.pubsub.Funding.Unknown;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// Customers' credit for subscriptions; a key with a daily cap has its own. Safe for use on many loops.
final class Purse {

    /// How long a query waits for credit (public interfaces, Queries).
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final long PARTS = 16;

    private final CreditLeases leases;
    private final long patience;

    Purse(CreditLeases leases) {
        this(leases, PATIENCE);
    }

    Purse(CreditLeases leases, Duration patience) {
        this.leases = leases;
        this.patience = patience.toNanos();
    }

    long balanceEstimate(Credential credential) {
        return leases.balanceEstimate(credential.creditHolder());
    }

    /// Sets aside up to the most, but not all that is left; nothing when not even the least is there. Takes no lock.
    Funding hold(Credential credential, Want want) {
        var holder = credential.creditHolder();
        var reservation = leases.reserve(holder, part(holder, want));
        if (reservation != null) {
            return new Held(reservation);
        }
        return leases.isCapReached(holder) ? new CapReached() : new TooLittle();
    }

    /// The same, asking billing for more where that may help, as long as it has patience.
    ///
    /// @param then called once on the loop, possibly before this returns; never with [TooLittle]
    void seek(Credential credential, Want want, Executor loop, Consumer<Funding> then) {
        seek(credential, want, loop, then, System.nanoTime());
    }

    /// What one sets aside ahead, another lacks: of little credit all take little at a time.
    private long part(String holder, Want want) {
        return Math.clamp(leases.remaining(holder) / PARTS, want.least(), want.most());
    }

    private void seek(Credential credential, Want want, Executor loop, Consumer<Funding> then, long since) {
        var funding = hold(credential, want);
        if (!(funding instanceof TooLittle)) {
            then.accept(funding);
            return;
        }
        var _ = leases.lease(credential, want.least(), want.least(), want.ask())
                .whenComplete((state, failure) -> onLoop(
                        loop,
                        () -> answered(
                                credential,
                                want,
                                loop,
                                then,
                                since,
                                failure == null ? state : LeaseState.UNAVAILABLE)));
    }

    private void answered(
            Credential credential, Want want, Executor loop, Consumer<Funding> then, long since, LeaseState state) {
        var funding = hold(credential, want);
        if (!(funding instanceof TooLittle)) {
            then.accept(funding);
            return;
        }
        switch (state) {
            case NOTHING_LEFT -> then.accept(new NothingLeft());
            case CAP_REACHED -> {
                leases.giveBack(credential.creditHolder(), want.least());
                then.accept(new CapReached());
            }
            case UNAVAILABLE -> then.accept(new Unknown());
            case GRANTED -> {
                // to others who waited for it: that is not the end of the customer's credit
                if (System.nanoTime() - since < patience) {
                    seek(credential, want, loop, then, since);
                } else {
                    then.accept(new Unknown());
                }
            }
        }
    }

    private static void onLoop(Executor loop, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException _) {
            // the loop has ended, and its clients with it
        }
    }

    /// What is wanted of a customer's credit.
    ///
    /// @param ask what a query costs where it is spent: leases are made to last for some of these
    record Want(long least, long most, long ask) {

        static Want exactly(long ask) {
            return new Want(ask, ask, ask);
        }
    }
}
