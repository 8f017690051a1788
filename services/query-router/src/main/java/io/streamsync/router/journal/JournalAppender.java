package io.streamsync.router.journal;

import io.streamsync.router.log.RouterLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one thread that gives records their positions and writes them, as many at once as wait.
final class JournalAppender {

    /// Entries that may wait: a second of a very busy router. More means that the disk does not keep up.
    private static final int MAX_WAITING = 1 << 16;

    /// Records written at once: more would keep the first of them waiting.
    private static final int MAX_BATCH = 512;

    private final SegmentWriter writer;
    private final boolean toDisk;
    private final Runnable onWritten;
    private final Consumer<Throwable> onFailure;
    private final RouterLog log;
    private final Queue<JournalEntry> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean parked = new AtomicBoolean();
    private final AtomicBoolean failed = new AtomicBoolean();
    private final List<JournalEntry> batch = new ArrayList<>();
    private final Runnable wake = this::wake;
    private final Thread thread = new Thread(this::run, "journal-appender");

    private volatile boolean closed;
    private boolean ended;

    JournalAppender(
            SegmentWriter writer, boolean toDisk, Runnable onWritten, Consumer<Throwable> onFailure, RouterLog log) {
        this.writer = writer;
        this.toDisk = toDisk;
        this.onWritten = onWritten;
        this.onFailure = onFailure;
        this.log = log;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /// Takes an entry, or refuses it for good. Callable from any thread.
    boolean offer(JournalEntry entry) {
        var taken = put(entry);
        if (taken) {
            wake();
        }
        return taken;
    }

    /// As [#offer]; where the thread sleeps it is woken by way of the executor, so that what else is offered until then
    /// is written with it: waking a thread costs more than a record.
    boolean offer(JournalEntry entry, Executor soon) {
        var taken = put(entry);
        if (taken && parked.get()) {
            soon.execute(wake);
        }
        return taken;
    }

    /// Takes the stream's last entry: none is written after it.
    boolean offerLast(JournalEntry entry) {
        return offer(new Last(entry));
    }

    boolean isFailed() {
        return failed.get();
    }

    boolean isStopped() {
        return failed.get() || closed || waiting.get() >= MAX_WAITING;
    }

    /// Nothing is written from now on; the entries that still wait are lost.
    void fail(Throwable failure) {
        if (failed.compareAndSet(false, true)) {
            onFailure.accept(failure);
        }
    }

    /// Returns when all that was taken has been written or lost.
    void close() {
        closed = true;
        wake();
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean put(JournalEntry entry) {
        if (waiting.incrementAndGet() > MAX_WAITING || closed || failed.get()) {
            waiting.decrementAndGet();
            return false;
        }
        return queue.add(entry);
    }

    private void wake() {
        if (parked.get() && parked.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed || waiting.get() > 0) {
            var entry = queue.poll();
            if (entry == null) {
                park();
            } else {
                take(entry);
            }
        }
    }

    private void park() {
        parked.set(true);
        if (queue.isEmpty() && !(closed && waiting.get() == 0)) {
            LockSupport.park(this);
        }
        parked.set(false);
    }

    private void take(JournalEntry first) {
        try {
            for (var entry = first; entry != null; entry = queue.poll()) {
                add(entry);
            }
            commit();
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
        if (failed.get()) {
            loseBatch();
        }
    }

    private void add(JournalEntry entry) throws IOException {
        var record = ended || failed.get() ? null : encode(entry);
        if (record == null) {
            waiting.decrementAndGet();
            tell(entry::lost);
            return;
        }
        if (!makeRoom(entry, record)) {
            return;
        }
        writer.add(record);
        batch.add(entry);
        ended = entry instanceof Last;
    }

    private boolean makeRoom(JournalEntry entry, byte[] record) {
        try {
            if (batch.size() >= MAX_BATCH || !writer.fitsBatch(record)) {
                commit();
            }
            if (!writer.fitsSegment(record)) {
                commit();
                writer.roll();
            }
            return true;
        } catch (IOException | RuntimeException e) {
            fail(e);
            batch.add(entry);
            return false;
        }
    }

    private byte @Nullable [] encode(JournalEntry entry) {
        try {
            var record = entry.encode();
            if (record.length == 0 || record.length > Framing.MAX_RECORD) {
                throw new IllegalArgumentException("a record has 1 to " + Framing.MAX_RECORD + " bytes");
            }
            return record;
        } catch (RuntimeException e) {
            log.recordNotEncoded(e);
            return null;
        }
    }

    private void commit() throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        if (failed.get()) {
            loseBatch();
            return;
        }
        var position = writer.written();
        writer.commit(toDisk);
        waiting.addAndGet(-batch.size());
        for (var entry : batch) {
            var at = position++;
            tell(() -> entry.written(at));
        }
        batch.clear();
        onWritten.run();
    }

    private void loseBatch() {
        waiting.addAndGet(-batch.size());
        for (var entry : batch) {
            tell(entry::lost);
        }
        batch.clear();
    }

    private void tell(Runnable entry) {
        try {
            entry.run();
        } catch (RuntimeException e) {
            log.recordNotEncoded(e);
        }
    }

    /// The entry after which the stream has ended.
    private record Last(JournalEntry entry) implements JournalEntry {

        @Override
        public byte[] encode() {
            return entry.encode();
        }

        @Override
        public void written(long position) {
            entry.written(position);
        }

        @Override
        public void lost() {
            entry.lost();
        }
    }
}
