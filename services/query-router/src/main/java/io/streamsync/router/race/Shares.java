package io.streamsync.router.race;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Who has how much of a full router: it takes so many queries at a time and, when that is reached, sheds by equal
/// shares per customer in flight (protocol, Access). Counters only, no lock.
final class Shares {

    /// So many times what fills it the router takes at the most: accounts cost nothing, and each may have one query.
    private static final int CEILING = 2;

    private final AdmissionLimit limit;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger customers = new AtomicInteger();
    private final Map<String, Share> byCustomer = new ConcurrentHashMap<>();

    Shares(int most) {
        this.limit = new AdmissionLimit(most);
    }

    AdmissionLimit limit() {
        return limit;
    }

    int inFlight() {
        return inFlight.get();
    }

    /// Whether those who have their share get no more.
    boolean isFull() {
        return inFlight.get() >= limit.now();
    }

    /// @return null when the router is full and this customer has its share; else what the query leaves by
    @Nullable
    Share enter(String accountId) {
        var all = inFlight.get();
        if (all >= CEILING * (long) limit.most()) {
            return null;
        }
        var own = own(accountId);
        var most = limit.now();
        if (all >= most && own.inFlight.get() >= Math.max(1, most / Math.max(1, customers.get()))) {
            return null;
        }
        inFlight.incrementAndGet();
        if (own.inFlight.getAndIncrement() == 0) {
            customers.incrementAndGet();
        }
        return own;
    }

    /// Forgets customers of whom nothing is in flight. One that enters meanwhile has two shares for that moment.
    void tidy() {
        byCustomer.values().removeIf(share -> share.inFlight.get() == 0);
    }

    /// How many customers are remembered.
    int size() {
        return byCustomer.size();
    }

    private Share own(String accountId) {
        var known = byCustomer.get(accountId);
        return known != null ? known : byCustomer.computeIfAbsent(accountId, _ -> new Share());
    }

    /// What one customer has in flight.
    final class Share {

        private final AtomicInteger inFlight = new AtomicInteger();

        /// To be called once for each query that entered.
        void leave() {
            Shares.this.inFlight.decrementAndGet();
            if (inFlight.decrementAndGet() == 0) {
                customers.decrementAndGet();
            }
        }
    }
}
