package io.streamsync.router.journal;

import io.streamsync.router.log.RouterLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/// The journal's files and its recovery on a simulated disk, without its threads: what is appended is written at once.
public final class SimulatedJournal {

    private static final int SEGMENT_BYTES = 4_000;

    private final SimulatedDisk disk = new SimulatedDisk();
    private final boolean toDisk;
    private final List<byte[]> records = new ArrayList<>();
    private final Deque<JournalEntry> waiting = new ArrayDeque<>();
    private final SegmentWriter writer;

    /// @param toDisk whether a record is on the disk before it counts as written
    public SimulatedJournal(int router, int incarnation, boolean toDisk) {
        this.toDisk = toDisk;
        try {
            writer = new SegmentWriter(disk, new Segments(disk), new Incarnation(router, incarnation), SEGMENT_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What an entry appends while it is encoded comes behind it, as with the journal's own thread.
    public boolean append(JournalEntry entry) {
        waiting.add(entry);
        if (waiting.size() == 1) {
            while (!waiting.isEmpty()) {
                write(waiting.getFirst());
                waiting.removeFirst();
            }
        }
        return true;
    }

    private void write(JournalEntry entry) {
        var record = entry.encode();
        try {
            if (!writer.fitsSegment(record)) {
                writer.roll();
            }
            writer.add(record);
            writer.commit(toDisk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        records.add(record);
        entry.written(writer.written() - 1);
    }

    public long position() {
        return writer.written();
    }

    public void sync() {
        try {
            writer.sync();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What may leave the machine.
    public List<byte[]> readable() {
        return records.subList(0, (int) writer.synced());
    }

    /// What the next start finds when this process is killed.
    public List<byte[]> recoveredAfterKill() {
        return recovered(disk.afterKill());
    }

    /// What it finds when the machine loses its power.
    public List<byte[]> recoveredAfterPowerLoss(RandomGenerator survivors) {
        return recovered(disk.afterPowerLoss(survivors));
    }

    /// What stands there after recovery.
    static List<byte[]> recovered(SimulatedDisk left) {
        try {
            Recovery.of(left, Journals.properties(SyncLevel.OS), new RouterLog());
            var records = new ArrayList<byte[]>();
            var names = left.names().stream()
                    .flatMap(file -> SegmentName.of(file).stream())
                    .sorted()
                    .toList();
            for (var name : names) {
                var cursor = new SegmentCursor(left.open(name.file()), SegmentHeader.BYTES);
                for (var step = cursor.next(); !(step instanceof SegmentCursor.End); step = cursor.next()) {
                    switch (step) {
                        case SegmentCursor.Entry _ -> records.add(cursor.entry());
                        case SegmentCursor.Mark _ -> {}
                        case SegmentCursor.Broken _, SegmentCursor.End _ ->
                            throw new IllegalStateException("broken after recovery");
                    }
                }
            }
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
