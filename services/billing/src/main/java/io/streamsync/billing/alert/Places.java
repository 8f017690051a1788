package io.streamsync.billing.alert;

import io.streamsync.billing.account.CustomerId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Calls that are under way: one per customer, and those whose webhooks are slow have no more than half of the places,
/// so that they hold up nobody whose webhook is quick.
final class Places {

    /// Each call is over within the time limit of outbound calls.
    static final int ALL = 64;

    static final int OF_SLOW = ALL / 2;

    private final Map<CustomerId, Boolean> taken = new ConcurrentHashMap<>();

    int free(boolean slow) {
        var free = ALL - taken.size();
        return slow ? Math.min(free, OF_SLOW - slowOnes()) : free;
    }

    private int slowOnes() {
        return (int) taken.values().stream().filter(slow -> slow).count();
    }

    Set<CustomerId> taken() {
        return Set.copyOf(taken.keySet());
    }

    void take(CustomerId customer, boolean slow) {
        taken.put(customer, slow);
    }

    void leave(CustomerId customer) {
        taken.remove(customer);
    }
}
