package io.streamsync.router.journal;

import io.streamsync.router.journal.SegmentCursor.Broken;
import io.streamsync.router.journal.SegmentCursor.End;
import io.streamsync.router.journal.SegmentCursor.Entry;
import io.streamsync.router.journal.SegmentCursor.Mark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Reads one segment after a start: counts its records, cuts off a torn tail, halts on anything worse.
/// Only the last segment of a stream may have a tail: the others were synced before the next was begun.
final class SegmentRecovery {

    private final Disk disk;
    private final SegmentName name;
    private final boolean last;

    SegmentRecovery(Disk disk, SegmentName name, boolean last) {
        this.disk = disk;
        this.name = name;
        this.last = last;
    }

    /// Empty when the segment was only about to be made; it is gone then.
    ///
    /// @throws JournalDamagedException when synced bytes are not what was written
    Optional<Recovered> recover() throws IOException {
        try (var file = disk.open(name.file())) {
            var header = header(file);
            if (header.isPresent()) {
                return Optional.of(records(file, header.get()));
            }
            if (!last || file.size() > SegmentHeader.BYTES) {
                throw new JournalDamagedException(name.file(), "its header is not sound");
            }
        }
        disk.delete(name.file());
        return Optional.empty();
    }

    private Optional<SegmentHeader> header(JournalFile file) throws IOException {
        var bytes = ByteBuffer.allocate(SegmentHeader.BYTES);
        var read = 0;
        do {
            read = file.read(bytes, bytes.position());
        } while (read > 0 && bytes.hasRemaining());
        var header = SegmentHeader.decode(bytes.flip());
        if (header.isPresent() && !names(header.get())) {
            throw new JournalDamagedException(name.file(), "its header names another segment");
        }
        return header;
    }

    private boolean names(SegmentHeader header) {
        return header.incarnation().number() == name.incarnation() && header.first() == name.first();
    }

    private Recovered records(JournalFile file, SegmentHeader header) throws IOException {
        var cursor = new SegmentCursor(file, SegmentHeader.BYTES);
        var next = header.first();
        while (true) {
            switch (cursor.next()) {
                case Entry _ -> next++;
                case Mark _ -> {}
                case End _ -> {
                    // what a killed process wrote may still be in the page cache alone
                    file.sync();
                    return new Recovered(header.incarnation(), next, cursor.offset());
                }
                case Broken _ -> {
                    var end = cursor.offset();
                    cutOff(file, cursor, end);
                    return new Recovered(header.incarnation(), next, end);
                }
            }
        }
    }

    private void cutOff(JournalFile file, SegmentCursor cursor, long end) throws IOException {
        if (!last || cursor.isClaimedSynced(end)) {
            throw new JournalDamagedException(name.file(), "the frame at byte " + end + " is not what was written");
        }
        file.truncate(end);
        file.sync();
    }

    /// @param next the position after the segment's last record
    record Recovered(Incarnation incarnation, long next, long bytes) {}
}
