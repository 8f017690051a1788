package io.streamsync.router.access;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A lease as this router spends it. Any thread reserves; only the journal's thread settles; only the account's
/// keeper grants and closes.
final class Lease {

    private final UUID id;
    private final AccountCredit account;
    private final AtomicLong remaining = new AtomicLong();
    private final AtomicInteger unsettled = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean closed;
    private volatile long validUntil;
    private volatile long low;

    /// All that billing ever gave; belongs to the keeper.
    private long granted;

    /// All that was given back while the lease went on; belongs to the keeper.
    private long returned;

    /// All that was spent; written by the journal's thread alone.
    private volatile long cumulative;

    Lease(UUID id, AccountCredit account) {
        this.id = id;
        this.account = account;
    }

    UUID id() {
        return id;
    }

    long remaining() {
        return remaining.get();
    }

    long cumulative() {
        return cumulative;
    }

    long granted() {
        return granted;
    }

    long returned() {
        return returned;
    }

    /// What may still be spent or is set aside. Called by the keeper.
    long unspent() {
        return Math.max(0, granted - returned - cumulative);
    }

    /// Whether half of what the last grant left is gone.
    boolean isLow() {
        return remaining.get() < low;
    }

    boolean isValid(long now) {
        return !closed && now - validUntil < 0;
    }

    long validFor(long now) {
        return validUntil - now;
    }

    /// Takes what billing has granted in all. A repeated or overtaken answer changes nothing.
    void grant(long total, long until) {
        if (total > granted) {
            remaining.addAndGet(total - granted);
            granted = total;
            low = remaining.get() / 2;
        }
        renew(until);
    }

    /// Takes out what is left above `keep`: it is never spent here.
    void handBack(long keep) {
        for (var left = remaining.get(); left > keep; left = remaining.get()) {
            if (remaining.compareAndSet(left, keep)) {
                returned = Math.addExact(returned, left - keep);
                return;
            }
        }
    }

    void renew(long until) {
        validUntil = until;
    }

    /// Reserves first and looks at the closing after, so that a lease does not end under a reservation.
    @Nullable
    LeaseReservation reserve(long amount, long now) {
        unsettled.incrementAndGet();
        if (isValid(now) && take(amount)) {
            return new LeaseReservation(this, amount);
        }
        release();
        return null;
    }

    /// Nothing is reserved from now on. The lease ends when the last reservation is settled.
    void close() {
        closed = true;
        endWhenSettled();
    }

    long spend(long amount, long fee) {
        cumulative = Math.addExact(cumulative, fee);
        account.spent(fee);
        remaining.addAndGet(amount - fee);
        release();
        return cumulative;
    }

    void giveBack(long amount) {
        remaining.addAndGet(amount);
        release();
    }

    /// The record of a fee was lost before any later one was made.
    void unspend(long fee) {
        cumulative = Math.subtractExact(cumulative, fee);
        account.spent(-fee);
        remaining.addAndGet(fee);
    }

    private boolean take(long amount) {
        for (var left = remaining.get(); left >= amount; left = remaining.get()) {
            if (remaining.compareAndSet(left, left - amount)) {
                return true;
            }
        }
        return false;
    }

    private void release() {
        unsettled.decrementAndGet();
        endWhenSettled();
    }

    private void endWhenSettled() {
        if (closed && unsettled.get() == 0 && ended.compareAndSet(false, true)) {
            account.ended(this);
        }
    }
}
