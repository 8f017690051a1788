package io.streamsync.billing.credit;

import io.streamsync.billing.account.CustomerId;
import java.util.HashSet;
import java.util.Set;

/// For whom routers are being asked for credit: for each customer once at a time, and for so few that
/// withdrawals cannot keep routers busy.
final class RecallsUnderway {

    static final int MOST = 16;

    private final Set<CustomerId> customers = new HashSet<>();

    /// @return false when routers are not to be asked for this customer now
    synchronized boolean enter(CustomerId customer) {
        return customers.size() < MOST && customers.add(customer);
    }

    synchronized void leave(CustomerId customer) {
        customers.remove(customer);
    }
}
