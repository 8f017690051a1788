package io.streamsync.router.pubsub;

import java.util.concurrent.atomic.AtomicLong;

/// How much memory all clients together may take for one thing. Counters only, shared by all loops.
final class Budget {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    Budget(long most) {
        this.most = most;
    }

    /// @return false when there is no room now; else [#give] must follow
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) > most) {
            taken.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void give(long bytes) {
        taken.addAndGet(-bytes);
    }
}
