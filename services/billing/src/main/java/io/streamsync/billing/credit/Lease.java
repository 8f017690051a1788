package io.streamsync.billing.credit;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.stream.StreamId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Credit that one start of a router may spend for one customer on its own.
///
/// @param keyDay whose cap it counts to; null for a lease that all uncapped keys of the customer share
/// @param granted all that it ever got, nano-USDC
/// @param posted all of it that has been booked as spent
public record Lease(
        UUID id,
        CustomerId customer,
        @Nullable KeyDay keyDay,
        StreamId stream,
        long granted,
        long posted,
        boolean open) {

    /// What of the lease no record has been posted for.
    public long unposted() {
        return granted - posted;
    }

    Lease grant(long more) {
        return new Lease(id, customer, keyDay, stream, Math.addExact(granted, more), posted, open);
    }

    public Lease spend(long fee) {
        return new Lease(id, customer, keyDay, stream, granted, Math.addExact(posted, fee), open);
    }

    public Lease close() {
        return new Lease(id, customer, keyDay, stream, granted, posted, false);
    }
}
