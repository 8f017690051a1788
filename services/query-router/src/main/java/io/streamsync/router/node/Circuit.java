package io.streamsync.router.node;

import java.util.concurrent.atomic.AtomicLong;

/// Keeps a router from asking a node that does not answer: open after failures in a row, for longer each time; then one
/// query at a time tries whether it is back. Shared by all loops, without a lock.
final class Circuit {

    /// A slow minute of one query must not open it; a dead node costs no more than these.
    private static final int FAILURES_TO_OPEN = 5;

    private static final long FIRST_PAUSE_NANOS = 500_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 30_000_000_000L;
    private static final long CLOSED = 0;

    private final AtomicLong nextTrialAt = new AtomicLong(CLOSED);
    private volatile int failures;

    /// Whether the node may be asked now. Looking changes nothing: a draw may come to nothing or be repeated.
    boolean allows(long now) {
        return isDue(nextTrialAt.get(), now);
    }

    /// The node is asked. While open, this is the one trial of its pause.
    void asked(long now) {
        var trialAt = nextTrialAt.get();
        if (trialAt != CLOSED && isDue(trialAt, now)) {
            nextTrialAt.compareAndSet(trialAt, notClosed(now + pause()));
        }
    }

    void succeeded() {
        if (failures != 0) {
            failures = 0;
            nextTrialAt.set(CLOSED);
        }
    }

    /// The node has answered a probe: the next query may try it. That query decides, for it asks more than a probe
    /// does.
    void probed(long now) {
        var trialAt = nextTrialAt.get();
        if (trialAt != CLOSED && !isDue(trialAt, now)) {
            nextTrialAt.compareAndSet(trialAt, notClosed(now));
        }
    }

    /// @return whether this failure opened it
    @SuppressWarnings("NonAtomicVolatileUpdate") // a lost count only opens the circuit one failure later
    boolean failed(long now) {
        failures++;
        if (failures < FAILURES_TO_OPEN) {
            return false;
        }
        return nextTrialAt.getAndSet(notClosed(now + pause())) == CLOSED;
    }

    private static boolean isDue(long trialAt, long now) {
        return trialAt == CLOSED || now - trialAt >= 0;
    }

    private long pause() {
        var doublings = Math.clamp(failures - FAILURES_TO_OPEN, 0, 6);
        return Math.min(FIRST_PAUSE_NANOS << doublings, LONGEST_PAUSE_NANOS);
    }

    private static long notClosed(long at) {
        return at == CLOSED ? 1 : at;
    }
}
