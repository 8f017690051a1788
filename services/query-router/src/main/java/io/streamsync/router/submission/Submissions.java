package io.streamsync.router.submission;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Which transactions of which customers raced on this router in the last 24 hours, so that each races, and
/// is paid, once. In memory alone: a router that starts anew knows none, and where more are accepted than
/// it remembers the oldest are forgotten first.
public final class Submissions {

    private static final long REMEMBERED_NANOS = Duration.ofHours(24).toNanos();

    private final int most;
    private final Resending resending;
    private final LongSupplier nanos;
    private final Map<SubmissionKey, Known> byKey = new ConcurrentHashMap<>();
    private final Queue<Known> oldestFirst = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();

    /// @param most accepted ones that are remembered
    /// @param nanos a clock such as `System.nanoTime()`
    Submissions(int most, Resending resending, LongSupplier nanos) {
        this.most = most;
        this.resending = resending;
        this.nanos = nanos;
    }

    /// @param repeat told, on any thread, what came of the same transaction when it was sent before: once
    ///     that is known, possibly at once; null when it failed
    /// @return the transaction to be raced; null when it was sent before, so that `repeat` is told
    public @Nullable Submission enter(String accountId, Transaction transaction, Consumer<@Nullable Accepted> repeat) {
        var own = new Known(SubmissionKey.of(accountId, transaction));
        var first = byKey.putIfAbsent(own.key, own);
        while (first != null && first.isOld(nanos.getAsLong())) {
            forget(first);
            first = byKey.putIfAbsent(own.key, own);
        }
        if (first == null) {
            return new Submission(this, own, transaction);
        }
        repeated(first, repeat);
        return null;
    }

    /// Lets go of what is older than it may be.
    public void tidy() {
        var now = nanos.getAsLong();
        for (var oldest = oldestFirst.peek(); oldest != null && oldest.isOld(now); oldest = oldestFirst.peek()) {
            forgetOldest();
        }
    }

    /// How many accepted ones are remembered.
    int size() {
        return accepted.get();
    }

    void accepted(Known known, Accepted race) {
        known.acceptedAt = nanos.getAsLong();
        if (known.outcome.complete(race)) {
            oldestFirst.add(known);
            accepted.incrementAndGet();
            while (accepted.get() > most && forgetOldest()) {
                // until there is room
            }
        }
    }

    /// Forgotten before anybody is told: who waited may be the next to race.
    void failed(Known known) {
        if (!known.outcome.isDone()) {
            byKey.remove(known.key, known);
            known.outcome.complete(null);
        }
    }

    void resend(Known known, Transaction transaction, List<NodeId> takers, Terms terms) {
        if (known.outcome.getNow(null) != null) {
            resending.resend(known.key, transaction, takers, terms);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the repeat is told by it
    private void repeated(Known first, Consumer<@Nullable Accepted> repeat) {
        first.outcome.whenComplete((race, _) -> {
            if (race != null) {
                resending.wantedAgain(first.key);
            }
            repeat.accept(race);
        });
    }

    private boolean forgetOldest() {
        var oldest = oldestFirst.poll();
        if (oldest != null) {
            forget(oldest);
            accepted.decrementAndGet();
        }
        return oldest != null;
    }

    private void forget(Known known) {
        byKey.remove(known.key, known);
    }

    /// One that races, or raced and was accepted.
    static final class Known {

        private final SubmissionKey key;
        private final CompletableFuture<@Nullable Accepted> outcome = new CompletableFuture<>();
        private volatile long acceptedAt;

        Known(SubmissionKey key) {
            this.key = key;
        }

        private boolean isOld(long now) {
            return outcome.isDone() && now - acceptedAt > REMEMBERED_NANOS;
        }
    }
}
