package io.streamsync.router.node;

import java.util.concurrent.atomic.AtomicReference;

/// Keeps a router from asking a node that does not answer: open after failures in a row, for longer each time; then one
/// query tries whether it is back, and nobody else until it is known. Shared by all loops, without a lock: every change
/// is one step from one state to the next, and what was asked before a state began says nothing of it.
final class Circuit {

    /// A slow minute of one query must not open it; a dead node costs no more than these.
    private static final int FAILURES_TO_OPEN = 5;

    private static final long FIRST_PAUSE_NANOS = 500_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 30_000_000_000L;

    /// A trial of which nothing is heard by then never will be: longer than any query takes.
    private static final long LONGEST_TRIAL_NANOS = 10_000_000_000L;

    private final AtomicReference<State> state = new AtomicReference<>(State.CLOSED);

    /// What a place may do with the node.
    enum Claim {
        FREE,
        /// It is the one that tries.
        TRIAL,
        REFUSED
    }

    /// Whether the node may be asked now. Looking changes nothing.
    boolean allows(long now) {
        var known = state.get();
        return !known.isOpen() || known.isDue(now);
    }

    /// The node is wanted for a place.
    Claim claim(long now) {
        while (true) {
            var known = state.get();
            if (!known.isOpen()) {
                return Claim.FREE;
            }
            if (!known.isDue(now)) {
                return Claim.REFUSED;
            }
            if (state.compareAndSet(known, known.tried(now))) {
                return Claim.TRIAL;
            }
        }
    }

    /// The place that was to try comes to nothing: the next may.
    ///
    /// @param claimedAt the moment of its claim
    void unclaim(long claimedAt) {
        var known = state.get();
        if (known.onTrial && known.since == claimedAt) {
            state.compareAndSet(known, known.dueAt(claimedAt));
        }
    }

    /// Whoever was to try it did not ask it after all: the next may.
    void untried() {
        var known = state.get();
        if (known.onTrial) {
            state.compareAndSet(known, known.dueAt(known.since));
        }
    }

    void succeeded(long askedAt) {
        for (var known = state.get(); !known.isWell() && known.isOf(askedAt); known = state.get()) {
            if (state.compareAndSet(known, State.CLOSED)) {
                return;
            }
        }
    }

    /// The node has answered a probe: the next query may try it. That query decides, for it asks more than a probe
    /// does.
    void probed(long now) {
        var known = state.get();
        if (known.isOpen() && !known.onTrial && !known.isDue(now)) {
            state.compareAndSet(known, known.dueAt(now));
        }
    }

    /// @return whether this failure opened it
    boolean failed(long askedAt, long now) {
        while (true) {
            var known = state.get();
            var next = known.isOf(askedAt) ? known.failed(now) : known;
            if (next.equals(known)) {
                return false;
            }
            if (state.compareAndSet(known, next)) {
                return next.isOpen() && !known.isOpen();
            }
        }
    }

    /// @param failures in a row
    /// @param openings in a row: failures that opened it, or ended a trial
    /// @param since when it opened, or the trial began
    /// @param trialAt from when on a query may try
    private record State(int failures, int openings, long since, long trialAt, boolean onTrial) {

        static final State CLOSED = new State(0, 0, 0, 0, false);

        boolean isWell() {
            return failures == 0 && openings == 0;
        }

        boolean isOpen() {
            return openings > 0;
        }

        boolean isDue(long now) {
            return now - trialAt >= 0;
        }

        /// Whether an answer to what was asked then says something of this state.
        boolean isOf(long askedAt) {
            return !isOpen() || askedAt - since >= 0;
        }

        State tried(long now) {
            return new State(failures, openings, now, now + LONGEST_TRIAL_NANOS, true);
        }

        State dueAt(long at) {
            return new State(failures, openings, since, at, false);
        }

        State failed(long now) {
            if (isOpen()) {
                // others than the trial were asked for want of anybody else: they neither open it further nor close it
                return onTrial ? opened(now) : this;
            }
            return failures + 1 < FAILURES_TO_OPEN ? new State(failures + 1, 0, 0, 0, false) : opened(now);
        }

        private State opened(long now) {
            var pause = Math.min(FIRST_PAUSE_NANOS << Math.min(openings, 6), LONGEST_PAUSE_NANOS);
            return new State(0, openings + 1, now, now + pause, false);
        }
    }
}
