package io.streamsync.router.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/// Writes one stream's records into segments. One thread adds, writes and rolls; any thread may sync.
final class SegmentWriter {

    /// A batch larger than this gains nothing more.
    private static final int BATCH = 2 * (Framing.MAX_RECORD + Framing.OVERHEAD);

    private final Disk disk;
    private final Segments segments;
    private final Incarnation incarnation;
    private final long segmentBytes;
    private final ByteBuffer batch = ByteBuffer.allocateDirect(BATCH);
    private final ReentrantLock syncing = new ReentrantLock();

    private SegmentName name;
    private JournalFile file;
    private int batched;
    private long marked;
    private volatile long writtenOffset;
    private volatile long syncedOffset;
    private volatile long written;
    private volatile long synced;

    SegmentWriter(Disk disk, Segments segments, Incarnation incarnation, long segmentBytes) throws IOException {
        this.disk = disk;
        this.segments = segments;
        this.incarnation = incarnation;
        this.segmentBytes = segmentBytes;
        name = new SegmentName(incarnation.number(), 0);
        file = start(name);
    }

    /// The position after the last record written.
    long written() {
        return written;
    }

    /// The position after the last record that is on the disk.
    long synced() {
        return synced;
    }

    /// Whether the record finds room in this batch.
    boolean fitsBatch(byte[] record) {
        return batch.remaining() >= Framing.size(record) + Framing.MARK_BYTES;
    }

    /// Whether the record finds room in this segment; an empty segment takes any.
    boolean fitsSegment(byte[] record) {
        var end = writtenOffset + batch.position() + Framing.size(record) + Framing.MARK_BYTES;
        return end <= segmentBytes || (batched == 0 && writtenOffset == SegmentHeader.BYTES);
    }

    void add(byte[] record) {
        if (batch.position() == 0) {
            markSynced();
        }
        Framing.putRecord(batch, record);
        batched++;
    }

    /// Writes the batch, to the disk if asked for. When that fails the batch is taken back as far as the disk still
    /// obeys: what is refused must not be found by recovery.
    void commit(boolean toDisk) throws IOException {
        var before = writtenOffset;
        try {
            write();
            if (toDisk) {
                sync();
            }
        } catch (IOException failure) {
            takeBack(before, failure);
            throw failure;
        }
    }

    /// Brings all that was written to the disk.
    void sync() throws IOException {
        syncing.lock();
        try {
            var position = written;
            var offset = writtenOffset;
            file.sync();
            syncedOffset = offset;
            synced = position;
        } finally {
            syncing.unlock();
        }
    }

    /// Ends this segment, on the disk, and starts the next. The batch must have been written.
    void roll() throws IOException {
        syncing.lock();
        try {
            sync();
            file.close();
            name = new SegmentName(incarnation.number(), written);
            file = start(name);
        } finally {
            syncing.unlock();
        }
    }

    /// Leaves everything on the disk, and a mark that says so.
    void close() throws IOException {
        syncing.lock();
        try {
            sync();
            markSynced();
            write();
            sync();
            file.close();
        } finally {
            syncing.unlock();
        }
    }

    private void write() throws IOException {
        batch.flip();
        var size = batch.remaining();
        var end = writtenOffset + size;
        var next = written + batched;
        file.write(batch, writtenOffset);
        batch.clear();
        segments.grow(name, size);
        writtenOffset = end;
        written = next;
        batched = 0;
    }

    private void takeBack(long end, IOException failure) {
        try {
            file.truncate(end);
        } catch (IOException worse) {
            failure.addSuppressed(worse);
        }
    }

    private void markSynced() {
        var offset = syncedOffset;
        if (offset > marked) {
            Framing.putMark(batch, offset);
            marked = offset;
        }
    }

    private JournalFile start(SegmentName next) throws IOException {
        var started = disk.create(next.file());
        started.write(new SegmentHeader(incarnation, next.first()).encode(), 0);
        started.sync();
        disk.syncNames();
        segments.add(next, SegmentHeader.BYTES);
        writtenOffset = SegmentHeader.BYTES;
        syncedOffset = SegmentHeader.BYTES;
        marked = SegmentHeader.BYTES;
        return started;
    }
}
