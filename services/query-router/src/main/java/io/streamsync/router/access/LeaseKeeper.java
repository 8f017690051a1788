package io.streamsync.router.access;

import io.streamsync.router.journal.Incarnation;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.BillingEndpoint;
import io.streamsync.router.publication.HighWaterMarks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// Asks billing for credit, for all accounts at once, and tells it that this router lives. One thread turns it.
final class LeaseKeeper {

    /// Twice within the 10 s after which billing would wonder.
    private static final long HEARTBEAT = Duration.ofSeconds(5).toNanos();

    /// After a call that failed.
    private static final long RETRY = Duration.ofMillis(250).toNanos();

    private static final int MAX_REQUESTS = 500;

    /// Calls that may wait for a slow billing at once.
    private static final int MAX_CALLS = 4;

    private final BillingEndpoint billing;
    private final Incarnation incarnation;
    private final HighWaterMarks marks;
    private final RouterLog log;
    private final LongSupplier nanoTime;
    private final Queue<AccountCredit> wishes = new ConcurrentLinkedQueue<>();
    private final Set<AccountCredit> awaiting = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underway = new AtomicInteger();
    private volatile boolean failing;
    private volatile long notBefore;
    private volatile Runnable onWish = () -> {};
    private long lastCall;
    private long requests;

    LeaseKeeper(
            BillingEndpoint billing,
            Incarnation incarnation,
            HighWaterMarks marks,
            RouterLog log,
            LongSupplier nanoTime) {
        this.billing = billing;
        this.incarnation = incarnation;
        this.marks = marks;
        this.log = log;
        this.nanoTime = nanoTime;
        notBefore = nanoTime.getAsLong();
        lastCall = notBefore - HEARTBEAT;
    }

    /// Puts the account among those that the next call is for.
    void wish(AccountCredit account) {
        wishes.add(account);
        onWish.run();
    }

    /// Queries of the account wait for credit.
    void awaited(AccountCredit account) {
        awaiting.add(account);
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /// Called with little time between.
    void turn() {
        var now = now();
        awaiting.removeIf(account -> account.giveUp(now));
        call(now);
    }

    /// Whether no call is on its way.
    boolean isQuiet() {
        return underway.get() == 0;
    }

    void onWish(Runnable wake) {
        onWish = wake;
    }

    /// Makes a call when there are wishes, or when billing should hear from this router.
    private void call(long now) {
        if (now - notBefore < 0 || underway.get() >= MAX_CALLS) {
            return;
        }
        var asking = new HashMap<String, AccountCredit>();
        var gathered = gather(asking, now);
        if (!gathered.isEmpty() || now - lastCall >= HEARTBEAT) {
            lastCall = now;
            send(gathered, asking);
        }
    }

    private List<LeaseRequest> gather(Map<String, AccountCredit> asking, long now) {
        var gathered = new ArrayList<LeaseRequest>();
        for (var account = wishes.poll(); account != null; account = wishes.poll()) {
            var asked = account;
            account.ask(Long.toString(++requests), now).ifPresent(request -> {
                gathered.add(request);
                asking.put(request.requestId(), asked);
            });
            if (gathered.size() == MAX_REQUESTS) {
                break;
            }
        }
        return gathered;
    }

    private void send(List<LeaseRequest> gathered, Map<String, AccountCredit> asking) {
        underway.incrementAndGet();
        var call = new LeaseCall(incarnation.router(), incarnation.number(), gathered);
        var _ = billing.post("/internal/leases", call, LeaseAnswer.class)
                .thenAccept(answer -> answered(answer, asking))
                .whenComplete((_, failure) -> {
                    underway.decrementAndGet();
                    if (failure != null) {
                        failed(failure);
                    }
                    // what billing left out, or granted without being heard
                    asking.forEach((requestId, account) -> account.failed(requestId));
                });
    }

    private void answered(LeaseAnswer answer, Map<String, AccountCredit> asking) {
        if (failing) {
            failing = false;
            log.leasesAvailable();
        }
        answer.streams().forEach(stream -> marks.posted(stream.incarnation(), stream.nextPosition()));
        var now = now();
        for (var grant : answer.grants()) {
            var account = asking.get(grant.requestId());
            if (account != null) {
                account.answered(grant, now);
            }
        }
    }

    void failed(Throwable failure) {
        notBefore = now() + RETRY;
        if (!failing) {
            failing = true;
            log.leasesUnavailable(failure);
        }
    }
}
