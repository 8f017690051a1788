package io.streamsync.router.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.access.LeaseAnswer.Grant;
import io.streamsync.router.access.LeaseAnswer.Holder;
import io.streamsync.router.access.LeaseAnswer.LiveRouter;
import io.streamsync.router.access.LeaseAnswer.Outcome;
import io.streamsync.router.access.LeaseAnswer.StreamPosition;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Billing by its contract, for one customer and several routers, without a network.
final class SimulatedBilling {

    private final Map<UUID, Lease> leases = new HashMap<>();
    private final Map<Integer, Integer> incarnations = new HashMap<>();
    private final Map<Integer, Long> posted = new HashMap<>();
    private final long deposit;
    private long available;
    private long charged;
    private int opened;

    SimulatedBilling(long deposit) {
        this.deposit = deposit;
        available = deposit;
    }

    int started(int router) {
        posted.put(router, 0L);
        return incarnations.merge(router, 1, Integer::sum);
    }

    /// @return null for a start that is not the router's last
    @Nullable
    LeaseAnswer answer(LeaseCall call) {
        if (!Objects.equals(incarnations.get(call.routerId()), call.incarnation())) {
            return null;
        }
        var grants =
                call.requests().stream().map(request -> grant(call, request)).toList();
        check();
        return new LeaseAnswer(
                List.of(new StreamPosition(call.incarnation(), posted.getOrDefault(call.routerId(), 0L), false)),
                incarnations.size(),
                incarnations.keySet().stream()
                        .map(id -> new LiveRouter(id, URI.create("http://router-" + id)))
                        .toList(),
                null,
                grants,
                null);
    }

    private Grant grant(LeaseCall call, LeaseRequest request) {
        var lease = open(call.routerId(), call.incarnation());
        if (request.leaseId() != null && (lease == null || !lease.id.equals(request.leaseId()))) {
            return answer(call, request, Outcome.LEASE_CLOSED, null);
        }
        if (request.leaseId() != null && lease != null) {
            takeBack(lease, request);
        }
        if (request.idle() && lease != null) {
            return available > 0
                    ? answer(call, request, Outcome.GRANTED, lease)
                    : answer(call, request, Outcome.LEASE_CLOSED, null);
        }
        if (lease != null && (!request.more() || (request.leaseId() == null && lease.granted > lease.posted))) {
            return answer(call, request, Outcome.GRANTED, lease);
        }
        var size = size(request);
        if (size == 0 || size < Long.parseLong(request.least())) {
            return answer(call, request, Outcome.NOTHING_LEFT, lease);
        }
        var next = lease == null ? opened(call) : lease;
        next.granted += size;
        next.unspent += size;
        available -= size;
        return answer(call, request, Outcome.GRANTED, next);
    }

    private Lease opened(LeaseCall call) {
        var lease = new Lease(new UUID(7, ++opened), call.routerId(), call.incarnation());
        leases.put(lease.id, lease);
        return lease;
    }

    private long size(LeaseRequest request) {
        var dearest = Long.parseLong(request.dearestAsk());
        var share = Math.max(available / (2L * incarnations.size()), Math.min(available, dearest));
        var wanted = Math.max(Long.parseLong(request.spentRecently()), 50 * dearest);
        return Math.min(wanted, request.idle() ? available / (2L * incarnations.size()) : share);
    }

    private void takeBack(Lease lease, LeaseRequest request) {
        var back = Math.max(0, Long.parseLong(request.returned()) - lease.returned);
        assertThat(back).as("given back").isLessThanOrEqualTo(lease.granted - lease.posted);
        lease.returned += back;
        lease.granted -= back;
        available += back;
        lease.unspent = Long.parseLong(request.unspent());
    }

    private Grant answer(LeaseCall call, LeaseRequest request, Outcome outcome, @Nullable Lease lease) {
        var heldBy = leases.values().stream()
                .filter(other -> other.open && other.unspent > 0 && other.router != call.routerId())
                .map(other -> new Holder(other.router, request.accountId()))
                .toList();
        return new Grant(
                request.requestId(),
                request.accountId(),
                outcome,
                lease == null ? null : lease.id,
                lease == null ? 0 : lease.granted + lease.returned,
                available,
                null,
                null,
                outcome == Outcome.NOTHING_LEFT ? heldBy : List.of());
    }

    void charge(int router, long position, UUID leaseId, long fee, long cumulative) {
        var lease = Objects.requireNonNull(leases.get(leaseId), "a lease that was never given");
        assertThat(lease.posted + fee).as("cumulative").isEqualTo(cumulative);
        lease.posted = cumulative;
        assertThat(lease.open).as("charged before its lease is closed").isTrue();
        charged += fee;
        posted.put(router, position + 1);
        check();
    }

    void close(int router, long position, UUID leaseId, long cumulative) {
        var lease = Objects.requireNonNull(leases.get(leaseId), "a lease that was never given");
        assertThat(lease.posted).as("cumulative of an end").isEqualTo(cumulative);
        giveBack(lease);
        posted.put(router, position + 1);
        check();
    }

    /// The stream has ended: what it still held goes back.
    void ended(int router, int incarnation) {
        leases.values().stream()
                .filter(lease -> lease.router == router && lease.incarnation == incarnation)
                .forEach(this::giveBack);
        check();
    }

    private void giveBack(Lease lease) {
        if (lease.open) {
            lease.open = false;
            available += lease.granted - lease.posted;
        }
    }

    private void check() {
        var leased = 0L;
        for (var lease : leases.values()) {
            assertThat(lease.posted).as("posted within granted").isLessThanOrEqualTo(lease.granted);
            leased += lease.open ? lease.granted - lease.posted : 0;
        }
        assertThat(available).isNotNegative();
        assertThat(available + leased + charged).isEqualTo(deposit);
    }

    long available() {
        return available;
    }

    long charged() {
        return charged;
    }

    private @Nullable Lease open(int router, int incarnation) {
        return leases.values().stream()
                .filter(lease -> lease.open && lease.router == router && lease.incarnation == incarnation)
                .findAny()
                .orElse(null);
    }

    private static final class Lease {

        private final UUID id;
        private final int router;
        private final int incarnation;
        private long granted;
        private long returned;
        private long posted;
        private long unspent;
        private boolean open = true;

        Lease(UUID id, int router, int incarnation) {
            this.id = id;
            this.router = router;
            this.incarnation = incarnation;
        }
    }
}
