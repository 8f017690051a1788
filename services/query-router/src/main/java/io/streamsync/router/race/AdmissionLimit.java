package io.streamsync.router.race;

/// How many queries at a time fill the router. As long as work waits too long before it is begun, there are fewer from
/// look to look; when it does not, slowly more again, up to what memory allows.
final class AdmissionLimit {

    /// So few that even all together hardly wait for one another: a hundred queries take some 10 ms of a core.
    private static final int LEAST = 128;

    private final int most;
    private volatile int now;

    AdmissionLimit(int most) {
        this.most = most;
        this.now = most;
    }

    /// What memory allows, whatever the time.
    int most() {
        return most;
    }

    int now() {
        return now;
    }

    /// Whether there are fewer than memory allows.
    boolean isLowered() {
        return now < most;
    }

    /// A tenth less than there were is felt within a look, and does not empty the router for a moment's trouble. Where
    /// there are few it is not queries that take the time.
    ///
    /// @param inFlight at this moment
    void lower(int inFlight) {
        if (inFlight <= LEAST) {
            return;
        }
        var fewer = (int) (Math.min(now, inFlight) * 0.9);
        now = Math.min(most, Math.max(LEAST, fewer));
    }

    void raise() {
        now = (int) Math.min(most, now + Math.max(1L, now / 20));
    }
}
