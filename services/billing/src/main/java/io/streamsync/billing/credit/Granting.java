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
import java.util.function.Supplier;
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
    private final Supplier<UUID> ids;
    private final Entries entries = new Entries();
    private final Map<UUID, Lease> changed = new LinkedHashMap<>();

    /// @param largest what one request may get
    /// @param allowances of all keys named in the requests, as far as they exist
    /// @param ids of new leases
    Granting(
            StreamId stream,
            int liveRouters,
            long largest,
            Set<CustomerId> known,
            Map<String, KeyAllowance> allowances,
            List<Lease> open,
            Balances before,
            Supplier<UUID> ids) {
        this.stream = stream;
        this.liveRouters = liveRouters;
        this.largest = largest;
        this.known = known;
        this.allowances = new HashMap<>(allowances);
        this.before = before;
        this.ids = ids;
        open.forEach(lease -> this.open.put(new Holder(lease.customer(), lease.keyDay()), lease));
    }

    Grant grant(LeaseRequest request) {
        if (!isKnown(request)) {
            return new Grant(request, Outcome.UNKNOWN_ACCOUNT, null, 0, null, List.of());
        }
        var known = open.get(holder(request));
        if (request.leaseId() == null) {
            return opened(request, known);
        }
        if (known == null || !known.id().equals(request.leaseId())) {
            return answer(request, Outcome.LEASE_CLOSED, null);
        }
        var lease = takenBack(request, known);
        if (request.idle()) {
            return kept(request, lease);
        }
        return request.more() ? granted(request, lease) : answer(request, Outcome.GRANTED, lease);
    }

    /// Where the router has a lease already, its answer was lost on the way.
    private Grant opened(LeaseRequest request, @Nullable Lease lease) {
        return lease != null && (request.idle() || lease.unposted() > 0)
                ? answer(request, Outcome.GRANTED, lease)
                : granted(request, lease);
    }

    /// What the router gives back is available before anything else is decided.
    private Lease takenBack(LeaseRequest request, Lease lease) {
        var unspent = request.unspent();
        var next = lease.takeBack(request.returned(), unspent == null ? lease.unspent() : unspent);
        if (!next.equals(lease)) {
            moved(request, next, lease.granted() - next.granted());
        }
        return next;
    }

    private void moved(LeaseRequest request, Lease next, long back) {
        entries.move(Account.leased(next.customer()), Account.available(next.customer()), back);
        open.put(holder(request), next);
        changed.put(next.id(), next);
        allowances.computeIfPresent(String.valueOf(request.keyId()), (_, allowance) -> allowance.commit(-back));
    }

    /// A key is known by its own customer alone.
    private boolean isKnown(LeaseRequest request) {
        var allowance = allowance(request);
        return known.contains(request.customer())
                && (request.keyId() == null
                        || (allowance != null && allowance.customer().equals(request.customer())));
    }

    /// An idle lease stays as long as nobody can be short of what it holds: crumbs that open no lease are of use to
    /// nobody.
    private Grant kept(LeaseRequest request, Lease lease) {
        return possible(request) >= Math.max(1, request.least())
                ? answer(request, Outcome.GRANTED, lease)
                : answer(request, Outcome.LEASE_CLOSED, null);
    }

    private Grant granted(LeaseRequest request, @Nullable Lease lease) {
        var possible = possible(request);
        var size = request.idle()
                ? LeaseSize.idle(request.dearestAsk(), possible, liveRouters, largest)
                : LeaseSize.of(request.spentRecently(), request.dearestAsk(), possible, liveRouters, largest);
        if (size == 0 || size < request.least()) {
            return answer(request, nothing(request), lease);
        }
        var next = (lease == null ? newLease(request) : lease).grant(size);
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

    private Lease newLease(LeaseRequest request) {
        return Lease.open(ids.get(), request.customer(), holder(request).keyDay, stream);
    }

    private Grant answer(LeaseRequest request, Outcome outcome, @Nullable Lease lease) {
        var balance =
                Math.addExact(now(Account.available(request.customer())), now(Account.leased(request.customer())));
        return new Grant(request, outcome, lease, balance, allowance(request), List.of());
    }

    private long now(Account account) {
        return before.of(account) + entries.of(account);
    }

    Collection<Lease> changed() {
        return changed.values();
    }

    boolean movesCredit() {
        return entries.accounts().stream().anyMatch(account -> entries.of(account) != 0);
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
