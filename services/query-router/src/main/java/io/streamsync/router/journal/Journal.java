package io.streamsync.router.journal;

import io.streamsync.router.log.RouterLog;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The stream of this incarnation, written down before anything in it counts, and what is left of earlier ones.
/// Safe for use by many threads; none of them ever waits for the disk.
public final class Journal implements AutoCloseable {

    private final Incarnation incarnation;
    private final Disk disk;
    private final Segments segments;
    private final Map<Integer, RecoveredStream> earlier;
    private final SegmentWriter writer;
    private final JournalAppender appender;
    private final @Nullable JournalSyncer syncer;
    private final long maxBytes;
    private final RouterLog log;
    private final AtomicBoolean halfFull = new AtomicBoolean();

    Journal(
            Incarnation incarnation,
            Disk disk,
            Segments segments,
            Map<Integer, RecoveredStream> earlier,
            SegmentWriter writer,
            JournalProperties properties,
            Consumer<Throwable> onFailure,
            RouterLog log) {
        this.incarnation = incarnation;
        this.disk = disk;
        this.segments = segments;
        this.earlier = earlier;
        this.writer = writer;
        this.log = log;
        maxBytes = properties.maxSize().toBytes();
        appender = new JournalAppender(writer, properties.sync() == SyncLevel.DISK, this::afterWriting, onFailure, log);
        syncer = properties.sync() == SyncLevel.DISK
                ? null
                : new JournalSyncer(writer, properties.syncInterval(), appender::fail);
    }

    Journal start() {
        appender.start();
        if (syncer != null) {
            syncer.start();
        }
        return this;
    }

    public Incarnation incarnation() {
        return incarnation;
    }

    /// Takes an entry to be written, unless the journal is full or has failed: then nothing will be written, and
    /// nobody is told. Never blocks.
    public boolean append(JournalEntry entry) {
        return !isFull() && appender.offer(entry);
    }

    /// Takes an entry that gives room or ends something, also when the journal is full.
    public boolean appendMark(JournalEntry entry) {
        return appender.offer(entry);
    }

    /// As [#appendMark], of an event loop: what the loop's round appends is written together when the round is over.
    public boolean appendMark(JournalEntry entry, Executor loop) {
        return appender.offer(entry, loop);
    }

    /// Takes the stream's last entry; whatever comes after it is lost.
    public boolean appendLast(JournalEntry entry) {
        return appender.offerLast(entry);
    }

    /// The position of the next record.
    public long position() {
        return writer.written();
    }

    /// The position after the last record that would survive the loss of power: readers see no further.
    public long synced() {
        return writer.synced();
    }

    /// Whether an entry would be taken now.
    public boolean accepts() {
        return !isFull() && !appender.isStopped();
    }

    public boolean isFull() {
        return segments.bytes() >= maxBytes;
    }

    public boolean isFailed() {
        return appender.isFailed();
    }

    /// What is left of earlier incarnations, the oldest first.
    public List<RecoveredStream> earlier() {
        return earlier.values().stream()
                .sorted((one, other) -> Integer.compare(
                        one.incarnation().number(), other.incarnation().number()))
                .toList();
    }

    /// A reader for one thread.
    public JournalReader reader() {
        return new JournalReader(this, disk, segments);
    }

    /// Billing has committed all records of the incarnation below this position: they may be deleted. Of each
    /// incarnation the last segment stays, so that the next start can say whose journal it has.
    public void delivered(int incarnationNumber, long nextPosition) {
        delete(incarnationNumber, nextPosition, -1);
    }

    /// Billing has the whole stream of an earlier incarnation, its end too: nothing of it is kept.
    public void finished(int incarnationNumber) {
        var stream = earlier.get(incarnationNumber);
        if (stream != null) {
            delete(incarnationNumber, stream.next(), stream.next());
        }
    }

    private void delete(int incarnationNumber, long below, long end) {
        try {
            segments.deleteBelow(incarnationNumber, below, end);
        } catch (IOException e) {
            log.segmentNotDeleted(e);
        }
        if (segments.bytes() < maxBytes / 2) {
            halfFull.set(false);
        }
    }

    /// Writes what was taken, brings it to the disk, and leaves the directory to the next.
    @Override
    public void close() throws IOException {
        appender.close();
        if (syncer != null) {
            syncer.close();
        }
        if (!appender.isFailed()) {
            writer.close();
        }
        disk.close();
    }

    /// Where reading must stop: nothing leaves this machine that this machine could still forget.
    long readableEnd(int incarnationNumber) {
        if (incarnationNumber == incarnation.number()) {
            return writer.synced();
        }
        var stream = earlier.get(incarnationNumber);
        return stream == null ? 0 : stream.next();
    }

    private void afterWriting() {
        if (syncer != null) {
            syncer.wake();
        }
        if (segments.bytes() >= maxBytes / 2 && halfFull.compareAndSet(false, true)) {
            log.journalHalfFull(segments.bytes());
        }
    }
}
