package io.streamsync.router.node;

import java.util.concurrent.atomic.AtomicLong;

/// How many bytes of long answers the router holds: nodes decide how much they send, and races keep answers until they
/// are compared. Short answers are not counted; their number is bounded by the queries in flight.
final class AnswerMemory {

    /// Up to here an answer is short.
    static final int SHORT = 64 * 1024;

    private final long most;
    private final AtomicLong held = new AtomicLong();

    AnswerMemory(long most) {
        this.most = most;
    }

    /// @return false when there is no room now
    boolean grow(int from, int to) {
        var more = counted(to) - counted(from);
        if (more > 0 && held.addAndGet(more) > most) {
            held.addAndGet(-more);
            return false;
        }
        return true;
    }

    void shrink(int from, int to) {
        held.addAndGet(counted(to) - counted(from));
    }

    private static long counted(int length) {
        return length > SHORT ? length : 0;
    }
}
