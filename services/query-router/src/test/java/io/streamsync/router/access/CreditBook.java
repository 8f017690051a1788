package io.streamsync.router.access;

import io.streamsync.router.access.LeaseAnswer.Grant;
import io.streamsync.router.access.LeaseAnswer.Outcome;
import io.streamsync.router.access.LeaseAnswer.StreamPosition;
import io.streamsync.router.publication.ScriptedBilling.Answer;
import io.streamsync.router.publication.ScriptedBilling.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Billing as far as leases go, in memory, with the faults of a network.
final class CreditBook {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Long> available = new HashMap<>();
    private final Map<String, Lease> open = new HashMap<>();
    private final List<LeaseCall> calls = new ArrayList<>();
    private long position;
    private int answersToLose;
    private boolean down;
    private boolean superseded;
    private @Nullable StreamPosition earlier;

    /// What one lease gets at most.
    private long share = Long.MAX_VALUE;

    synchronized CreditBook deposit(String account, long nano) {
        available.merge(account, nano, Long::sum);
        return this;
    }

    synchronized CreditBook share(long nano) {
        share = nano;
        return this;
    }

    synchronized void loseAnswers(int count) {
        answersToLose = count;
    }

    synchronized void down(boolean isDown) {
        down = isDown;
    }

    /// Billing knows a later start of the router.
    synchronized void supersede() {
        superseded = true;
    }

    /// Billing has also this to say of an earlier start.
    synchronized void tells(StreamPosition stream) {
        earlier = stream;
    }

    synchronized void posted(long nextPosition) {
        position = nextPosition;
    }

    /// Billing has read the lease's end, or ended it by itself.
    synchronized void close(String account) {
        open.remove(account);
    }

    synchronized List<LeaseCall> calls() {
        return List.copyOf(calls);
    }

    synchronized List<LeaseRequest> requests() {
        return calls.stream().flatMap(call -> call.requests().stream()).toList();
    }

    synchronized Answer answer(Call call) {
        if (down) {
            return new Answer(503, "{}");
        }
        var asked = JSON.readValue(call.json(), LeaseCall.class);
        calls.add(asked);
        if (superseded) {
            return new Answer(409, "{}");
        }
        var grants = asked.requests().stream().map(this::grant).toList();
        if (answersToLose > 0) {
            answersToLose--;
            return new Answer(502, "{}");
        }
        var live = new StreamPosition(asked.incarnation(), position, false);
        var streams = earlier == null ? List.of(live) : List.of(earlier, live);
        return new Answer(200, JSON.writeValueAsString(new LeaseAnswer(streams, grants)));
    }

    private Grant grant(LeaseRequest request) {
        var account = request.accountId();
        var lease = open.get(account);
        var left = available.getOrDefault(account, 0L);
        if (request.leaseId() != null && (lease == null || !lease.id.equals(request.leaseId()))) {
            return new Grant(request.requestId(), account, Outcome.LEASE_CLOSED, null, 0, left);
        }
        if (request.leaseId() == null && lease != null) {
            return new Grant(request.requestId(), account, Outcome.GRANTED, lease.id, lease.granted, left);
        }
        var size = Math.min(Math.min(left, share), 50 * Long.parseLong(request.dearestAsk()));
        if (size == 0) {
            return new Grant(
                    request.requestId(),
                    account,
                    Outcome.NOTHING_LEFT,
                    lease == null ? null : lease.id,
                    lease == null ? 0 : lease.granted,
                    left);
        }
        var next = lease == null
                ? new Lease(UUID.randomUUID(), account, size, 0)
                : new Lease(lease.id, account, lease.granted + size, lease.posted);
        open.put(account, next);
        available.put(account, left - size);
        return new Grant(
                request.requestId(),
                account,
                Outcome.GRANTED,
                next.id,
                next.granted,
                left - size + next.granted - next.posted);
    }

    /// @return whether the fee continues the lease's sum and stays within its grant
    synchronized boolean post(UUID leaseId, long fee, long cumulative) {
        var lease = byId(leaseId);
        if (lease == null || lease.posted + fee != cumulative || cumulative > lease.granted) {
            return false;
        }
        open.put(lease.account, new Lease(leaseId, lease.account, lease.granted, cumulative));
        return true;
    }

    /// @return whether the sum is what was posted
    synchronized boolean end(UUID leaseId, long cumulative) {
        var lease = byId(leaseId);
        if (lease == null || lease.posted != cumulative) {
            return false;
        }
        open.remove(lease.account);
        available.merge(lease.account, lease.granted - lease.posted, Long::sum);
        return true;
    }

    synchronized long available(String account) {
        return available.getOrDefault(account, 0L);
    }

    synchronized boolean hasOpenLeases() {
        return !open.isEmpty();
    }

    private @Nullable Lease byId(UUID leaseId) {
        return open.values().stream()
                .filter(lease -> lease.id.equals(leaseId))
                .findAny()
                .orElse(null);
    }

    private record Lease(UUID id, String account, long granted, long posted) {}
}
