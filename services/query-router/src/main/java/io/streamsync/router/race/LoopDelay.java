package io.streamsync.router.race;

/// How late one event loop's ticks are. Written by the loop, read by whoever looks.
final class LoopDelay {

    private static final long NONE = Long.MAX_VALUE;

    private volatile long due;
    private volatile long least = NONE;

    LoopDelay(long now) {
        this.due = now;
    }

    void tick(long now, long untilNext) {
        var late = Math.max(0, now - due);
        if (late < least) {
            least = late;
        }
        due = now + untilNext;
    }

    /// The shortest delay since the last look; where the loop has not come round since, how long it has kept the next
    /// tick waiting.
    long takeLeast(long now) {
        var taken = least;
        least = NONE;
        return taken == NONE ? Math.max(0, now - due) : taken;
    }
}
