package io.streamsync.router.gateway;

import java.util.concurrent.atomic.AtomicLong;

/// What waits for clients of WebSockets, of all of them together.
final class UnreadMessages {

    /// Of one client, beside the message that is under way: a second of a busy program's accounts.
    private static final long MOST_OF_ONE = 4 * 1024 * 1024;

    /// So many that each of the most clients may have one.
    private static final long SHORT = 4 * 1024;

    /// Of all of them: the rest of the heap is for queries.
    private static final int SHARE_OF_HEAP = 4;

    private final long most;
    private final AtomicLong all = new AtomicLong();

    UnreadMessages(long most) {
        this.most = most;
    }

    static UnreadMessages inThisHeap() {
        return new UnreadMessages(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /// Whether a client for whom this much waits must go when there is one message more: of those who read, nothing
    /// waits for long. One for whom nothing waits gets a short message even then.
    boolean isTooMuch(long ofOne, long more) {
        return ofOne > MOST_OF_ONE || ((ofOne > 0 || more > SHORT) && all.get() + more > most);
    }

    void add(long bytes) {
        all.addAndGet(bytes);
    }
}
