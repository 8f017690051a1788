package io.streamsync.router.pubsub;

import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/// From the broadcasts' loop to one of clients, in order. Bounded: when a loop does not keep up, nodes are read no
/// further until it has.
final class HandOver {

    /// What one loop may have before it: some blocks, or a second of a busy program's accounts.
    private static final long MOST_WAITING = 32 * 1024 * 1024;

    /// The objects around a notice's bytes.
    private static final int OVERHEAD = 256;

    private final AtomicLong waiting = new AtomicLong();
    private final EventLoop clients;
    private final Runnable keepsUp;
    private volatile boolean full;

    /// @param keepsUp run on the clients' loop when it has caught up
    HandOver(EventLoop clients, Runnable keepsUp) {
        this.clients = clients;
        this.keepsUp = keepsUp;
    }

    /// @return false when so much waits that nothing more should come for now
    boolean pass(int bytes, Runnable task) {
        var length = bytes + OVERHEAD;
        if (waiting.addAndGet(length) > MOST_WAITING) {
            full = true; // before the task is handed over, whose end looks at it
        }
        try {
            clients.execute(() -> {
                try {
                    task.run();
                } finally {
                    done(length);
                }
            });
        } catch (RejectedExecutionException _) {
            waiting.addAndGet(-length); // the loop has ended, and its clients with it
            return true;
        }
        return !full;
    }

    private void done(int length) {
        if (waiting.addAndGet(-length) <= MOST_WAITING / 2 && full) {
            full = false;
            keepsUp.run();
        }
    }
}
