package io.streamsync.router.race;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Counts the races whose last record is not in the journal yet, so that the router can end without losing one.
final class OpenRaces {

    private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();

    private final AtomicInteger count = new AtomicInteger();

    void begun() {
        count.incrementAndGet();
    }

    void ended() {
        count.decrementAndGet();
    }

    int count() {
        return count.get();
    }

    /// @return how many were still open after that time
    int awaitNone(Duration atMost) {
        var until = System.nanoTime() + atMost.toNanos();
        while (count.get() > 0 && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return count.get();
    }
}
