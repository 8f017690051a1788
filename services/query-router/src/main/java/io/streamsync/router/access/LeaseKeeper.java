package io.streamsync.router.access;

import io.streamsync.router.access.LeaseAnswer.Holder;
import io.streamsync.router.access.LeaseAnswer.StreamPosition;
import io.streamsync.router.journal.Incarnation;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.BillingEndpoint;
import io.streamsync.router.publication.BillingEndpoint.Refused;
import io.streamsync.router.publication.HighWaterMarks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Asks billing for credit, for all accounts at once, and tells it that this router lives. One thread turns it.
final class LeaseKeeper {

    /// Twice within the 10 s after which billing would wonder.
    private static final long HEARTBEAT = Duration.ofSeconds(5).toNanos();

    /// After a call that failed.
    private static final long RETRY = Duration.ofMillis(250).toNanos();

    private static final int MAX_REQUESTS = 500;

    /// Calls that may wait for a slow billing at once.
    private static final int MAX_CALLS = 4;

    private final CreditCalls calls;
    private final Incarnation incarnation;
    private final HighWaterMarks marks;
    private final RateShares rates;
    private final Peers peers;
    private final RouterLog log;
    private final LongSupplier nanoTime;
    private final Queue<AccountCredit> wishes = new ConcurrentLinkedQueue<>();
    private final Set<AccountCredit> awaiting = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underway = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean failing;
    private volatile long notBefore;
    private volatile Runnable onWish = () -> {};
    private volatile Runnable onSuperseded = () -> {};
    private long lastCall;
    private long requests;

    LeaseKeeper(
            BillingEndpoint billing,
            Incarnation incarnation,
            HighWaterMarks marks,
            RateShares rates,
            RouterLog log,
            LongSupplier nanoTime) {
        this(CreditCalls.over(billing), incarnation, marks, rates, log, nanoTime);
    }

    LeaseKeeper(
            CreditCalls calls,
            Incarnation incarnation,
            HighWaterMarks marks,
            RateShares rates,
            RouterLog log,
            LongSupplier nanoTime) {
        this.calls = calls;
        this.incarnation = incarnation;
        this.marks = marks;
        this.rates = rates;
        this.log = log;
        this.nanoTime = nanoTime;
        peers = new Peers(calls);
        notBefore = nanoTime.getAsLong();
        lastCall = notBefore - HEARTBEAT;
    }

    /// Puts the account among those that the next call is for.
    void wish(AccountCredit account) {
        wishes.add(account);
        onWish.run();
    }

    /// Asks other routers to hand over what they hold.
    void want(List<Holder> holders) {
        peers.want(holders);
    }

    /// Queries of the account wait for credit.
    void awaited(AccountCredit account) {
        awaiting.add(account);
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /// Called with little time between, and after a wish.
    ///
    /// @return whether billing was called
    boolean turn() {
        var now = now();
        awaiting.removeIf(account -> account.giveUp(now));
        return call(now);
    }

    /// Whether no call is on its way, and what came of the last is known.
    boolean isQuiet() {
        return underway.get() == 0;
    }

    void onWish(Runnable wake) {
        onWish = wake;
    }

    /// @param end called once, when billing knows a later start: no call of this one can succeed any more
    void onSuperseded(Runnable end) {
        onSuperseded = end;
    }

    /// No call is made any more. Whatever a last one comes to: billing refuses it where the stream's end was faster.
    void stop() {
        over.set(true);
    }

    /// Makes a call when there are wishes, or when billing should hear from this router.
    private boolean call(long now) {
        if (over.get() || now - notBefore < 0 || underway.get() >= MAX_CALLS) {
            return false;
        }
        var asking = new HashMap<String, AccountCredit>();
        var gathered = gather(asking, now);
        var used = rates.due(now);
        if (gathered.isEmpty() && used.isEmpty() && now - lastCall < HEARTBEAT) {
            return false;
        }
        lastCall = now;
        // first what Kafka has, then what the journal has: never less
        var acknowledged = marks.acknowledged();
        send(
                new LeaseCall(
                        incarnation.router(),
                        incarnation.number(),
                        gathered,
                        used,
                        marks.journaled(),
                        acknowledged,
                        marks.forwarding()),
                asking);
        return true;
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

    private void send(LeaseCall call, Map<String, AccountCredit> asking) {
        underway.incrementAndGet();
        var sentAt = now();
        // composed, so that a call which cannot even be made fails as one that is not answered
        var _ = CompletableFuture.completedFuture(call)
                .thenCompose(calls::ask)
                .thenAccept(answer -> answered(answer, asking, sentAt))
                .whenComplete((_, failure) -> over(failure, asking));
    }

    private void over(@Nullable Throwable failure, Map<String, AccountCredit> asking) {
        try {
            if (failure != null) {
                failed(failure);
            }
            // what billing left out, or granted without being heard
            asking.forEach((requestId, account) -> account.failed(requestId));
        } finally {
            underway.decrementAndGet();
        }
    }

    private void answered(LeaseAnswer answer, Map<String, AccountCredit> asking, long sentAt) {
        if (failing) {
            failing = false;
            log.leasesAvailable();
        }
        answer.streams().forEach(this::posted);
        if (answer.liveRouters() != null) {
            rates.live(answer.liveRouters());
        }
        if (answer.rates() != null) {
            rates.answered(answer.rates(), sentAt);
        }
        if (answer.routers() != null) {
            peers.live(answer.routers());
        }
        var valid = answer.validMillis() == null ? null : TimeUnit.MILLISECONDS.toNanos(answer.validMillis());
        var now = now();
        for (var grant : answer.grants()) {
            var account = asking.get(grant.requestId());
            if (account != null) {
                account.answered(grant, valid, now);
            }
        }
    }

    private void posted(StreamPosition stream) {
        if (Boolean.TRUE.equals(stream.ended())) {
            marks.finished(stream.incarnation());
        }
        marks.posted(stream.incarnation(), stream.nextPosition());
    }

    void failed(Throwable failure) {
        notBefore = now() + RETRY;
        if (failure instanceof CompletionException
                && failure.getCause() instanceof Refused refused
                && refused.isConflict()) {
            end();
        } else if (!failing) {
            failing = true;
            log.leasesUnavailable(failure);
        }
    }

    private void end() {
        if (over.compareAndSet(false, true)) {
            log.superseded(incarnation.key());
            onSuperseded.run();
        }
    }
}
