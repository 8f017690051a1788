package io.streamsync.router.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.access.LeaseAnswer.Grant;
import io.streamsync.router.access.LeaseAnswer.Holder;
import io.streamsync.router.access.LeaseAnswer.LiveRouter;
import io.streamsync.router.access.LeaseAnswer.Outcome;
import io.streamsync.router.access.LeaseAnswer.StreamPosition;
import io.streamsync.router.publication.ScriptedBilling.Answer;
import io.streamsync.router.publication.ScriptedBilling.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Billing as far as leases go, in memory, with the faults of a network.
final class CreditBook {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Long> available = new HashMap<>();
    private final Map<String, Lease> open = new HashMap<>();
    private final Map<String, Long> caps = new HashMap<>();
    private final Map<String, Long> spentOfCaps = new HashMap<>();
    private final List<LeaseCall> calls = new ArrayList<>();
    private long position;
    private int answersToLose;
    private long endsInMillis = 86_400_000L;
    private int day;
    private boolean down;
    private boolean superseded;
    private @Nullable StreamPosition earlier;
    private List<Holder> heldBy = List.of();
    private List<LiveRouter> routers = List.of();
    private @Nullable Long validMillis;

    /// What one lease gets at most.
    private long share = Long.MAX_VALUE;

    synchronized CreditBook deposit(String account, long nano) {
        available.merge(account, nano, Long::sum);
        return this;
    }

    /// What the key may spend today.
    synchronized CreditBook cap(String key, long nano) {
        caps.put(key, nano);
        return this;
    }

    /// The key's day is over in so many ms.
    synchronized CreditBook dayEndsIn(long millis) {
        endsInMillis = millis;
        return this;
    }

    synchronized void midnight() {
        spentOfCaps.clear();
        endsInMillis = 86_400_000L;
        day++;
    }

    synchronized CreditBook share(long nano) {
        share = nano;
        return this;
    }

    /// Who has nothing left is told that these hold some.
    synchronized void heldBy(LiveRouter router, String... holders) {
        routers = List.of(router);
        heldBy = Stream.of(holders)
                .map(holder -> new Holder(router.routerId(), holder))
                .toList();
    }

    /// For so long a lease may be spent from.
    synchronized void valid(Duration time) {
        validMillis = time.toMillis();
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
        return new Answer(
                200, JSON.writeValueAsString(new LeaseAnswer(streams, 1, routers, validMillis, grants, null)));
    }

    private Grant grant(LeaseRequest request) {
        var holder = request.keyId() == null ? request.accountId() : request.keyId();
        takeBack(request, holder);
        var lease = open.get(holder);
        var left = left(request, holder);
        if (request.leaseId() != null
                && (lease == null || !lease.id.equals(request.leaseId()) || lease.day != day(request))) {
            return answer(request, Outcome.LEASE_CLOSED, null);
        }
        if (lease != null && (request.leaseId() == null || request.idle() || !request.more())) {
            return answer(request, Outcome.GRANTED, lease);
        }
        var queries = request.idle() ? 20 : 50;
        var wanted = Math.max(Long.parseLong(request.spentRecently()), queries * Long.parseLong(request.dearestAsk()));
        var size = Math.min(Math.min(left, share), wanted);
        if (size == 0 || size < Long.parseLong(request.least())) {
            var capped = caps.containsKey(holder) && available(request.accountId()) > left;
            return answer(request, capped ? Outcome.CAP_REACHED : Outcome.NOTHING_LEFT, lease);
        }
        var next = lease == null
                ? new Lease(UUID.randomUUID(), holder, request.accountId(), size, 0, 0, day(request))
                : new Lease(
                        lease.id, holder, lease.account, lease.granted + size, lease.posted, lease.returned, lease.day);
        open.put(holder, next);
        available.merge(request.accountId(), -size, Long::sum);
        return answer(request, Outcome.GRANTED, next);
    }

    /// What was given back was told before or is less than what the lease has left.
    private void takeBack(LeaseRequest request, String holder) {
        var lease = open.get(holder);
        if (lease == null || !lease.id.equals(request.leaseId())) {
            return;
        }
        var back = Math.max(0, Long.parseLong(request.returned()) - lease.returned);
        assertThat(back).as("given back").isLessThanOrEqualTo(lease.granted - lease.posted);
        available.merge(lease.account, back, Long::sum);
        open.put(
                holder,
                new Lease(
                        lease.id,
                        holder,
                        lease.account,
                        lease.granted - back,
                        lease.posted,
                        lease.returned + back,
                        lease.day));
    }

    private int day(LeaseRequest request) {
        return request.keyId() == null ? 0 : day;
    }

    private Grant answer(LeaseRequest request, Outcome outcome, @Nullable Lease lease) {
        var account = request.accountId();
        var known = open.get(request.keyId() == null ? account : request.keyId());
        var balance = available(account)
                + (lease == null || known == null || outcome != Outcome.GRANTED ? 0 : known.granted - known.posted);
        var cap = request.keyId() == null ? null : caps.get(request.keyId());
        return new Grant(
                request.requestId(),
                account,
                outcome,
                lease == null ? null : lease.id,
                lease == null ? 0 : lease.granted + lease.returned,
                balance,
                cap == null ? null : cap - spentOfCaps.getOrDefault(request.keyId(), 0L),
                request.keyId() == null ? null : endsInMillis,
                outcome == Outcome.GRANTED ? List.of() : heldBy);
    }

    private long left(LeaseRequest request, String holder) {
        var cap = caps.get(holder);
        if (cap == null) {
            return available(request.accountId());
        }
        var lease = open.get(holder);
        var out = lease == null || lease.day != day ? 0 : lease.granted - lease.posted;
        return Math.clamp(cap - spentOfCaps.getOrDefault(holder, 0L) - out, 0, available(request.accountId()));
    }

    /// @return whether the fee continues the lease's sum and stays within its grant
    synchronized boolean post(UUID leaseId, long fee, long cumulative) {
        var lease = byId(leaseId);
        if (lease == null || lease.posted + fee != cumulative || cumulative > lease.granted) {
            return false;
        }
        open.put(
                lease.holder,
                new Lease(leaseId, lease.holder, lease.account, lease.granted, cumulative, lease.returned, lease.day));
        if (lease.day == day) {
            spentOfCaps.merge(lease.holder, fee, Long::sum);
        }
        return true;
    }

    /// @return whether the sum is what was posted
    synchronized boolean end(UUID leaseId, long cumulative) {
        var lease = byId(leaseId);
        if (lease == null || lease.posted != cumulative) {
            return false;
        }
        open.remove(lease.holder);
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

    /// @param granted without what was given back
    private record Lease(UUID id, String holder, String account, long granted, long posted, long returned, int day) {}
}
