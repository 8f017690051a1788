package io.streamsync.router.pubsub;

import io.streamsync.router.access.Credential;
import io.streamsync.router.access.CreditLeases;
import io.streamsync.router.access.LeaseState;
import io.streamsync.router.pubsub.Funding.CapReached;
import io.streamsync.router.pubsub.Funding.Held;
import io.streamsync.router.pubsub.Funding.NothingLeft;
import io.streamsync.router.pubsub.Funding.TooLittle;
import io.streamsync.router.pubsub.Funding.Unknown;
import io.streamsync.router.race.DailyCaps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// Customers' credit for subscriptions, under the daily caps of their keys. Safe for use on many loops.
final class Purse {

    /// How long a query waits for credit (public interfaces, Queries).
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    private final CreditLeases leases;
    private final DailyCaps caps;
    private final InstantSource clock;

    Purse(CreditLeases leases, DailyCaps caps, InstantSource clock) {
        this.leases = leases;
        this.caps = caps;
        this.clock = clock;
    }

    long balanceEstimate(Credential credential) {
        return leases.balanceEstimate(credential.accountId());
    }

    /// Sets aside as much as there is, up to the most; nothing when not even the least is there. Takes no lock.
    Funding hold(Credential credential, long least, long most) {
        var spending = caps.spending(credential, clock.millis());
        if (!spending.hold(least, most)) {
            return new CapReached();
        }
        var account = credential.accountId();
        var wanted = spending.heldNano();
        var reservation = leases.reserve(account, wanted);
        if (reservation == null) {
            var rest = leases.remaining(account);
            reservation = rest >= least && rest < wanted ? leases.reserve(account, rest) : null;
        }
        if (reservation == null) {
            spending.answered(0);
            return new TooLittle();
        }
        return new Held(reservation, spending);
    }

    /// The same, asking billing for more where that may help, up to a second.
    ///
    /// @param then called once on the loop, possibly before this returns; never with [TooLittle]
    void seek(Credential credential, long least, long most, Executor loop, Consumer<Funding> then) {
        seek(credential, least, most, loop, then, System.nanoTime());
    }

    private void seek(Credential credential, long least, long most, Executor loop, Consumer<Funding> then, long since) {
        var funding = hold(credential, least, most);
        if (!(funding instanceof TooLittle)) {
            then.accept(funding);
            return;
        }
        var _ = leases.lease(credential.accountId(), least, most)
                .whenComplete((state, failure) -> onLoop(
                        loop,
                        () -> answered(
                                credential,
                                least,
                                most,
                                loop,
                                then,
                                since,
                                failure == null ? state : LeaseState.UNAVAILABLE)));
    }

    private void answered(
            Credential credential,
            long least,
            long most,
            Executor loop,
            Consumer<Funding> then,
            long since,
            LeaseState state) {
        var funding = hold(credential, least, most);
        if (!(funding instanceof TooLittle)) {
            then.accept(funding);
            return;
        }
        switch (state) {
            case NOTHING_LEFT -> then.accept(new NothingLeft());
            case UNAVAILABLE -> then.accept(new Unknown());
            case GRANTED -> {
                // to others who waited for it: that is not the end of the customer's credit
                if (System.nanoTime() - since < PATIENCE) {
                    seek(credential, least, most, loop, then, since);
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
}
