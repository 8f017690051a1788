package io.streamsync.router.node;

import java.time.Duration;

/// What one node may take of the router.
///
/// @param timeoutNanos for a whole answer, connecting included
/// @param idleNanos after which an unused connection is closed: below what common servers keep, so that few are stale
/// @param largestAnswer in bytes
/// @param connectionsPerLoop to one node
record NodeLimits(long timeoutNanos, long idleNanos, int largestAnswer, int connectionsPerLoop) {

    private static final Duration IDLE = Duration.ofSeconds(20);

    /// Above any capacity that a node sells today; a bound against leaking sockets.
    private static final int CONNECTIONS_PER_LOOP = 1024;

    static NodeLimits of(Duration timeout, int largestAnswer) {
        return new NodeLimits(timeout.toNanos(), IDLE.toNanos(), largestAnswer, CONNECTIONS_PER_LOOP);
    }

    int timeoutMillis() {
        return (int) Math.max(1, timeoutNanos / 1_000_000);
    }
}
