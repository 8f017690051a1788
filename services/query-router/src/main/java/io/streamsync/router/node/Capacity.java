package io.streamsync.router.node;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// How many queries of one class a node takes from this router at once: what its operator sells, or less since it
/// refused some for their rate or let them wait too long (decision 0026). Cut at once, grown slowly: the way back is a
/// matter of time alone, so that an answer costs no write. Shared by all loops, without a lock.
final class Capacity {

    private static final long SECOND_NANOS = 1_000_000_000L;

    /// From half to the whole takes about as long as a provider's quota: half a minute.
    private static final int GROWTH_SECONDS = 60;

    /// Below one query at a time there are only pauses between them, each longer than the last.
    private static final long FIRST_PAUSE_NANOS = 100_000_000L;

    private static final long LONGEST_PAUSE_NANOS = 5_000_000_000L;

    /// A refusal that comes this long after the last one has nothing to do with it.
    private static final long CALM_NANOS = 10_000_000_000L;

    /// Whoever asks to be left alone for longer is asked again anyway: a node can leave the market, not keep a place.
    private static final long LONGEST_WAIT_NANOS = 30_000_000_000L;

    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicReference<Limit> limit = new AtomicReference<>(Limit.NONE);

    void asked() {
        inFlight.incrementAndGet();
    }

    void done() {
        inFlight.decrementAndGet();
    }

    int inFlight() {
        return inFlight.get();
    }

    /// @param sold by the node's ask
    boolean isFull(int sold, long now) {
        var known = limit.get();
        return known.isPaused(now) || inFlight.get() >= Math.min(sold, known.queries(now));
    }

    /// The node refused a query for its rate. All that were on their way by then are refused for the same reason: they
    /// count once.
    ///
    /// @param waitNanos that it asked for; 0 where it did not say
    void refused(long askedAt, long now, long waitNanos) {
        var wait = Math.clamp(waitNanos, 0, LONGEST_WAIT_NANOS);
        limit.updateAndGet(known ->
                known.isOf(askedAt) ? known.refused(inFlight.get() + 1, now, wait) : known.waiting(now + wait));
    }

    /// The node let a query wait for too long that another operator answered.
    void overran(long askedAt, long now) {
        limit.updateAndGet(known -> known.isOf(askedAt) ? known.eased(inFlight.get() + 1, now) : known);
    }

    /// @param queries at once, at that time
    /// @param growth per second
    /// @param pauses in a row
    private record Limit(long queries, long growth, long since, long pausedUntil, int pauses) {

        /// What no ask sells.
        static final Limit NONE = new Limit(Integer.MAX_VALUE, 0, 0, 0, 0);

        long queries(long now) {
            return growth == 0 ? queries : queries + growth * Math.max(0, (now - since) / SECOND_NANOS);
        }

        boolean isPaused(long now) {
            return growth > 0 && now - pausedUntil < 0;
        }

        boolean isOf(long askedAt) {
            return growth == 0 || askedAt - since >= 0;
        }

        Limit refused(int inHand, long now, long wait) {
            var before = Math.min(queries(now), inHand);
            var isAlone = before <= 1;
            var again = growth > 0 && now - since < CALM_NANOS ? pauses : 0;
            var pause = isAlone ? Math.min(FIRST_PAUSE_NANOS << Math.min(again, 10), LONGEST_PAUSE_NANOS) : 0;
            return new Limit(
                    Math.max(1, before / 2), growth(before), now, now + Math.max(pause, wait), isAlone ? again + 1 : 0);
        }

        /// A tenth less: one slow answer is no proof.
        Limit eased(int inHand, long now) {
            var before = Math.min(queries(now), inHand);
            return new Limit(Math.max(1, before * 9 / 10), growth(before), now, growth > 0 ? pausedUntil : now, 0);
        }

        Limit waiting(long until) {
            return until - pausedUntil > 0 ? new Limit(queries, growth, since, until, pauses) : this;
        }

        private static long growth(long before) {
            return Math.max(1, before / GROWTH_SECONDS);
        }
    }
}
