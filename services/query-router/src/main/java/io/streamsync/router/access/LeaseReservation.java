package io.streamsync.router.access;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// A reservation from one lease.
final class LeaseReservation implements Reservation {

    private static final long UNSETTLED = -1;
    private static final long CANCELLED = -2;

    private final Lease lease;
    private final long amount;

    /// The fee, once it is settled.
    private final AtomicLong fee = new AtomicLong(UNSETTLED);

    LeaseReservation(Lease lease, long amount) {
        this.lease = lease;
        this.amount = amount;
    }

    @Override
    public UUID leaseId() {
        return lease.id();
    }

    @Override
    public long amount() {
        return amount;
    }

    @Override
    public long settle(long feeNano) {
        if (feeNano < 0 || feeNano > amount) {
            throw new IllegalArgumentException("a fee of " + feeNano + " is not within the " + amount + " reserved");
        }
        if (!fee.compareAndSet(UNSETTLED, feeNano)) {
            throw new IllegalStateException("a reservation is settled once");
        }
        return lease.spend(amount, feeNano);
    }

    @Override
    public void cancel() {
        var settled = fee.getAndSet(CANCELLED);
        if (settled == UNSETTLED) {
            lease.giveBack(amount);
        } else if (settled != CANCELLED) {
            lease.unspend(settled);
        }
    }
}
