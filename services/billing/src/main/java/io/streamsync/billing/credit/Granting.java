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
    private final long largest;
    private final Set<CustomerId> known;
    private final Map<String, KeyAllowance> allowances;
    private final Map<Holder, Lease> open = new HashMap<>();
    private final Balances before;
    private final Entries entries = new Entries();
    private final Map<UUID, Lease> changed = new LinkedHashMap<>();

    /// @param largest what one request may get
    /// @param allowances of all keys named in the requests, as far as they exist
    Granting(
            StreamId stream,
            int liveRouters,
            long largest,
            Set<CustomerId> known,
            Map<String, KeyAllowance> allowances,
            List<Lease> open,
            Balances before) {
        this.stream = stream;
        this.liveRouters = liveRouters;
        this.largest = largest;
        this.known = known;
        this.allowances = new HashMap<>(allowances);
        this.before = before;
        open.forEach(lease -> this.open.put(new Holder(lease.customer(), lease.keyDay()), lease));
    }

    Grant grant(LeaseRequest request) {
        if (!isKnown(request)) {
            return new Grant(request, Outcome.UNKNOWN_ACCOUNT, null, 0, null);
        }
        var lease = open.get(holder(request));
        if (request.leaseId() != null && (lease == null || !lease.id().equals(request.leaseId()))) {
            return answer(request, Outcome.LEASE_CLOSED, null);
        }
        if (request.idle() && lease != null) {
            return kept(request, lease);
        }
        return answered(request, lease) ? answer(request, Outcome.GRANTED, lease) : granted(request, lease);
    }

    /// A key is known by its own customer alone.
    private boolean isKnown(LeaseRequest request) {
        var allowance = allowance(request);
        return known.contains(request.customer())
                && (request.keyId() == null
                        || (allowance != null && allowance.customer().equals(request.customer())));
    }

    /// Whether the router asks for a lease that it has already: the answer was lost on the way.
    private static boolean answered(LeaseRequest request, @Nullable Lease lease) {
        return request.leaseId() == null && lease != null && lease.unposted() > 0;
    }

    /// An idle lease stays as long as nobody can be short of what it holds: crumbs that open no lease are of use to
    /// nobody.
    private Grant kept(LeaseRequest request, Lease lease) {
        return possible(request) >= Math.max(1, request.least()) || request.leaseId() == null
                ? answer(request, Outcome.GRANTED, lease)
                : answer(request, Outcome.LEASE_CLOSED, null);
    }

    private Grant granted(LeaseRequest request, @Nullable Lease lease) {
        var possible = possible(request);
        var size = request.idle()
                ? LeaseSize.idle(request.dearestAsk(), possible, liveRouters, largest)
                : LeaseSize.of(request.spentRecently(), request.dearestAsk(), possible, liveRouters, largest);
        if (size == 0 || (lease == null && size < request.least())) {
            return answer(request, nothing(request), lease);
        }
        var next = (lease == null ? opened(request) : lease).grant(size);
        entries.move(Account.available(next.customer()), Account.leased(next.customer()), size);
        open.put(holder(request), next);
        changed.put(next.id(), next);
        allowances.computeIfPresent(String.valueOf(request.keyId()), (_, allowance) -> allowance.commit(size));
        return answer(request, Outcome.GRANTED, next);
    }

    private long possible(LeaseRequest request) {
        var allowance = allowance(request);
        var available = now(Account.available(request.customer()));
        return allowance == null ? available : Math.min(available, allowance.grantable());
    }

    /// Who is at the cap is told so, whatever the balance: that is checked first.
    private Outcome nothing(LeaseRequest request) {
        var allowance = allowance(request);
        return allowance != null && allowance.grantable() <= now(Account.available(request.customer()))
                ? Outcome.CAP_REACHED
                : Outcome.NOTHING_LEFT;
    }

    private @Nullable KeyAllowance allowance(LeaseRequest request) {
        return request.keyId() == null ? null : allowances.get(request.keyId());
    }

    private Holder holder(LeaseRequest request) {
        var allowance = allowance(request);
        return new Holder(request.customer(), allowance == null ? null : allowance.keyDay());
    }

    private Lease opened(LeaseRequest request) {
        return new Lease(UUID.randomUUID(), request.customer(), holder(request).keyDay, stream, 0, 0, true);
    }

    private Grant answer(LeaseRequest request, Outcome outcome, @Nullable Lease lease) {
        var balance =
                Math.addExact(now(Account.available(request.customer())), now(Account.leased(request.customer())));
        return new Grant(request, outcome, lease, balance, allowance(request));
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

    /// Who has at most one open lease of a router's start.
    private record Holder(CustomerId customer, @Nullable KeyDay keyDay) {}
}
