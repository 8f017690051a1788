package io.streamsync.router.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Brings the journal to the disk in the background, so that the loss of power costs milliseconds.
final class JournalSyncer {

    private final SegmentWriter writer;
    private final Duration interval;
    private final Consumer<Throwable> onFailure;
    private final AtomicBoolean parked = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "journal-syncer");

    private volatile boolean closed;

    JournalSyncer(SegmentWriter writer, Duration interval, Consumer<Throwable> onFailure) {
        this.writer = writer;
        this.interval = interval;
        this.onFailure = onFailure;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /// Something was written.
    void wake() {
        if (parked.get() && parked.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        try {
            while (!closed) {
                if (writer.synced() < writer.written()) {
                    writer.sync();
                    LockSupport.parkNanos(this, interval.toNanos());
                } else {
                    park();
                }
            }
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                onFailure.accept(e);
            }
        }
    }

    private void park() {
        parked.set(true);
        if (writer.synced() == writer.written() && !closed) {
            LockSupport.park(this);
        }
        parked.set(false);
    }
}
