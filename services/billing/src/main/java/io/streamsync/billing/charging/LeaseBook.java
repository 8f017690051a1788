package io.streamsync.billing.charging;

import io.streamsync.billing.credit.Lease;
import io.streamsync.billing.stream.StreamId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The leases that a batch spends from, as they stand after each of its records.
final class LeaseBook {

    private final StreamId stream;
    private final Map<UUID, Lease> now = new HashMap<>();
    private final Map<UUID, Lease> changed = new LinkedHashMap<>();

    LeaseBook(StreamId stream, Collection<Lease> leases) {
        this.stream = stream;
        leases.forEach(lease -> now.put(lease.id(), lease));
    }

    Lease of(UUID id) {
        var lease = now.get(id);
        if (lease == null || !lease.stream().equals(stream)) {
            throw new StreamBroken("lease " + id + " is not one of stream " + stream);
        }
        return lease;
    }

    /// @param cumulative what the router says the lease has spent with this fee
    Lease spend(Lease lease, long fee, long cumulative) {
        if (fee > lease.unposted()) {
            throw new StreamBroken("lease " + lease.id() + " is overspent by " + (fee - lease.unposted()));
        }
        var next = lease.spend(fee);
        if (next.posted() != cumulative) {
            throw new StreamBroken("lease " + lease.id() + " has spent " + next.posted()
                    + " by its records, but the router says " + cumulative);
        }
        return fee == 0 ? lease : changed(next);
    }

    /// What comes for a lease that was closed before is paid by the insurance: the customer has its credit back.
    static boolean isPaidByCustomer(Lease lease) {
        return lease.open();
    }

    /// @return the lease as it was, for what it gives back
    Lease close(Lease lease) {
        changed(lease.close());
        return lease;
    }

    List<Lease> open() {
        return now.values().stream().filter(Lease::open).toList();
    }

    Collection<Lease> changed() {
        return changed.values();
    }

    private Lease changed(Lease next) {
        now.put(next.id(), next);
        changed.put(next.id(), next);
        return next;
    }
}
