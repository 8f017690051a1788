package io.streamsync.router.node;

import java.time.Duration;

/// What one node may take of the router.
///
/// @param timeoutNanos for a whole answer, connecting included
/// @param idleNanos after which an unused connection is closed: below what common servers keep, so that few are stale
/// @param longestNanos for a long answer in all, without what its customer took to read it
/// @param largestAnswer in bytes
/// @param connectionsPerLoop to one node
/// @param memory what long answers of all nodes together may take
record NodeLimits(
        long timeoutNanos,
        long idleNanos,
        long longestNanos,
        int largestAnswer,
        int connectionsPerLoop,
        AnswerMemory memory) {

    private static final Duration IDLE = Duration.ofSeconds(20);

    /// Enough for the longest answer at 6 Mbit/s, and below what a race waits for its end: so a node that never ends is
    /// not paid.
    private static final Duration LONGEST = Duration.ofMinutes(3);

    /// Above any capacity that a node sells today; a bound against leaking sockets.
    private static final int CONNECTIONS_PER_LOOP = 1024;

    static NodeLimits of(Duration timeout, int largestAnswer, long memoryBytes) {
        var memory = new AnswerMemory(memoryBytes);
        return new NodeLimits(
                timeout.toNanos(), IDLE.toNanos(), LONGEST.toNanos(), largestAnswer, CONNECTIONS_PER_LOOP, memory);
    }

    int timeoutMillis() {
        return (int) Math.max(1, timeoutNanos / 1_000_000);
    }
}
