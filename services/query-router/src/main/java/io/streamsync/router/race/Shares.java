package io.streamsync.router.race;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Who has how much of a full router: it takes so many queries at a time and, when that is reached, sheds by equal
/// shares per customer in flight (protocol, Access). Counters only, no lock.
final class Shares {

    private final int most;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger customers = new AtomicInteger();
    private final Map<String, AtomicInteger> byCustomer = new ConcurrentHashMap<>();

    Shares(int most) {
        this.most = most;
    }

    /// @return false when the router is full and this customer has its share; else [#leave] must follow
    boolean enter(String accountId) {
        var own = own(accountId);
        if (inFlight.get() >= most && own.get() >= Math.max(1, most / Math.max(1, customers.get()))) {
            return false;
        }
        inFlight.incrementAndGet();
        if (own.getAndIncrement() == 0) {
            customers.incrementAndGet();
        }
        return true;
    }

    void leave(String accountId) {
        inFlight.decrementAndGet();
        if (own(accountId).decrementAndGet() == 0) {
            customers.decrementAndGet();
        }
    }

    private AtomicInteger own(String accountId) {
        var known = byCustomer.get(accountId);
        return known != null ? known : byCustomer.computeIfAbsent(accountId, _ -> new AtomicInteger());
    }
}
