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

    /// Whether the node may be asked now. While open, a yes is the one trial of its pause.
    boolean allows(long now) {
        var trialAt = nextTrialAt.get();
        return trialAt == CLOSED
                || (now - trialAt >= 0 && nextTrialAt.compareAndSet(trialAt, notClosed(now + pause())));
    }

    void succeeded() {
        if (failures != 0) {
            failures = 0;
            nextTrialAt.set(CLOSED);
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

    private long pause() {
        var doublings = Math.clamp(failures - FAILURES_TO_OPEN, 0, 6);
        return Math.min(FIRST_PAUSE_NANOS << doublings, LONGEST_PAUSE_NANOS);
    }

    private static long notClosed(long at) {
        return at == CLOSED ? 1 : at;
    }
}
