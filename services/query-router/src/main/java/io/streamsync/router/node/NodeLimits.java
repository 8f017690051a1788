package io.streamsync.router.node;

import java.time.Duration;

/// What one node may take of the router.
///
/// @param timeoutNanos for a whole answer, connecting included
/// @param idleNanos after which an unused connection is closed: below what common servers keep, so that few are stale
/// @param largestAnswer in bytes
/// @param connectionsPerLoop to one node
/// @param memory what long answers of all nodes together may take
record NodeLimits(long timeoutNanos, long idleNanos, int largestAnswer, int connectionsPerLoop, AnswerMemory memory) {

    private static final Duration IDLE = Duration.ofSeconds(20);

    /// Above any capacity that a node sells today; a bound against leaking sockets.
    private static final int CONNECTIONS_PER_LOOP = 1024;

    /// While an answer grows it is held twice for a moment; and the rest of the router needs the other half.
    private static final int SHARE_OF_HEAP = 4;

    static NodeLimits of(Duration timeout, int largestAnswer) {
        var memory = new AnswerMemory(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
        return new NodeLimits(timeout.toNanos(), IDLE.toNanos(), largestAnswer, CONNECTIONS_PER_LOOP, memory);
    }

    int timeoutMillis() {
        return (int) Math.max(1, timeoutNanos / 1_000_000);
    }
}
