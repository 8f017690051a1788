package io.streamsync.billing.credit;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.stream.StreamId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Credit that one start of a router may spend for one customer on its own.
///
/// @param keyDay whose cap it counts to; null for a lease that all uncapped keys of the customer share
/// @param granted all that it got and did not give back, nano-USDC
/// @param posted all of it that has been booked as spent
/// @param returned all that the router gave back while the lease was open
/// @param unspent what its router said that it has not spent, with what it got since: a hint, nothing is booked by it
public record Lease(
        UUID id,
        CustomerId customer,
        @Nullable KeyDay keyDay,
        StreamId stream,
        long granted,
        long posted,
        long returned,
        long unspent,
        boolean open) {

    static Lease open(UUID id, CustomerId customer, @Nullable KeyDay keyDay, StreamId stream) {
        return new Lease(id, customer, keyDay, stream, 0, 0, 0, 0, true);
    }

    /// What of the lease no record has been posted for.
    public long unposted() {
        return granted - posted;
    }

    /// All that it ever got: what its router counts by, so that an answer that is lost or comes twice does no harm.
    long total() {
        return Math.addExact(granted, returned);
    }

    Lease grant(long more) {
        return with(Math.addExact(granted, more), posted, returned, Math.addExact(unspent, more), open);
    }

    /// Takes back what the router will never spend.
    ///
    /// @param all that it has given back so far
    /// @param left what it has not spent
    /// @throws IllegalArgumentException when that is more than the lease has left
    Lease takeBack(long all, long left) {
        var back = Math.max(0, all - returned);
        if (back > unposted()) {
            throw new IllegalArgumentException("lease " + id + " gives back more than it has left");
        }
        return with(granted - back, posted, returned + back, left, open);
    }

    public Lease spend(long fee) {
        return with(granted, Math.addExact(posted, fee), returned, unspent, open);
    }

    public Lease close() {
        return with(granted, posted, returned, 0, false);
    }

    private Lease with(long nowGranted, long nowPosted, long nowReturned, long nowUnspent, boolean isOpen) {
        return new Lease(id, customer, keyDay, stream, nowGranted, nowPosted, nowReturned, nowUnspent, isOpen);
    }
}
