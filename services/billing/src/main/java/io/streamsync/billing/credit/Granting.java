package io.streamsync.billing.credit;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.credit.Grant.Outcome;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Balances;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.stream.StreamId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Decides the requests of one call, one after the other, over balances that are locked.
final class Granting {

    private final StreamId stream;
    private final int liveRouters;
    private final long cap;
    private final Set<CustomerId> known;
    private final Map<CustomerId, Lease> open = new HashMap<>();
    private final Balances before;
    private final Entries entries = new Entries();
    private final Map<UUID, Lease> changed = new LinkedHashMap<>();

    Granting(StreamId stream, int liveRouters, long cap, Set<CustomerId> known, List<Lease> open, Balances before) {
        this.stream = stream;
        this.liveRouters = liveRouters;
        this.cap = cap;
        this.known = known;
        this.before = before;
        open.forEach(lease -> this.open.put(lease.customer(), lease));
    }

    Grant grant(LeaseRequest request) {
        var customer = request.customer();
        if (!known.contains(customer)) {
            return new Grant(request, Outcome.UNKNOWN_ACCOUNT, null, 0);
        }
        var lease = open.get(customer);
        if (request.leaseId() != null && (lease == null || !lease.id().equals(request.leaseId()))) {
            return answer(request, Outcome.LEASE_CLOSED, null);
        }
        return answered(request, lease) ? answer(request, Outcome.GRANTED, lease) : granted(request, lease);
    }

    /// Whether the router asks for a lease that it has already: the answer was lost on the way.
    private static boolean answered(LeaseRequest request, @Nullable Lease lease) {
        return request.leaseId() == null && lease != null && lease.unposted() > 0;
    }

    private Grant granted(LeaseRequest request, @Nullable Lease lease) {
        var size = LeaseSize.of(
                request.spentRecently(),
                request.dearestAsk(),
                now(Account.available(request.customer())),
                liveRouters,
                cap);
        if (size == 0) {
            return answer(request, Outcome.NOTHING_LEFT, lease);
        }
        var next = (lease == null ? opened(request.customer()) : lease).grant(size);
        entries.move(Account.available(next.customer()), Account.leased(next.customer()), size);
        open.put(next.customer(), next);
        changed.put(next.id(), next);
        return answer(request, Outcome.GRANTED, next);
    }

    private Lease opened(CustomerId customer) {
        return new Lease(UUID.randomUUID(), customer, stream, 0, 0, true);
    }

    private Grant answer(LeaseRequest request, Outcome outcome, @Nullable Lease lease) {
        var balance =
                Math.addExact(now(Account.available(request.customer())), now(Account.leased(request.customer())));
        return new Grant(request, outcome, lease, balance);
    }

    private long now(Account account) {
        return before.of(account) + entries.of(account);
    }

    Collection<Lease> changed() {
        return changed.values();
    }

    Entries entries() {
        return entries;
    }

    Balances before() {
        return before;
    }
}
