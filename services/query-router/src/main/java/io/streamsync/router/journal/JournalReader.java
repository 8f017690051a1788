package io.streamsync.router.journal;

import io.streamsync.router.journal.SegmentCursor.Broken;
import io.streamsync.router.journal.SegmentCursor.End;
import io.streamsync.router.journal.SegmentCursor.Entry;
import io.streamsync.router.journal.SegmentCursor.Mark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads records by position, while others are appended. Quick where reading goes on; going back seeks within a
/// segment. Not for use by two threads.
public final class JournalReader implements AutoCloseable {

    private final Journal journal;
    private final Disk disk;
    private final Segments segments;

    private @Nullable Place place;

    JournalReader(Journal journal, Disk disk, Segments segments) {
        this.journal = journal;
        this.disk = disk;
        this.segments = segments;
    }

    /// The records of a stream from a position on, as many as are on the disk and within the bounds; at least one
    /// where there is one.
    ///
    /// @throws JournalDamagedException when a record that was written is not there
    public List<byte[]> read(int incarnation, long from, int maxRecords, int maxBytes) throws IOException {
        var end = journal.readableEnd(incarnation);
        var records = new ArrayList<byte[]>();
        for (var bytes = 0; from + records.size() < end && records.size() < maxRecords; ) {
            var at = at(incarnation, from + records.size());
            var record = at.peek();
            if (!records.isEmpty() && bytes + record.length > maxBytes) {
                break;
            }
            at.pass();
            records.add(record);
            bytes += record.length;
        }
        return records;
    }

    @Override
    public void close() throws IOException {
        if (place != null) {
            place.file.close();
            place = null;
        }
    }

    private Place at(int incarnation, long position) throws IOException {
        var here = place;
        if (here == null || here.segment.incarnation() != incarnation || here.position != position || here.isAtEnd()) {
            here = seek(incarnation, position);
        }
        return here;
    }

    private Place seek(int incarnation, long position) throws IOException {
        close();
        var segment = segments.holding(incarnation, position);
        if (segment == null) {
            throw new JournalDamagedException(
                    new SegmentName(incarnation, position).file(), "no segment holds this position");
        }
        var sought = new Place(segment, disk.open(segment.file()));
        place = sought;
        while (sought.position < position) {
            sought.peek();
            sought.pass();
        }
        return sought;
    }

    /// A record within a segment, read but not passed.
    private static final class Place {

        private final SegmentName segment;
        private final JournalFile file;
        private final SegmentCursor cursor;
        private long position;
        private byte @Nullable [] ahead;

        Place(SegmentName segment, JournalFile file) {
            this.segment = segment;
            this.file = file;
            cursor = new SegmentCursor(file, SegmentHeader.BYTES);
            position = segment.first();
        }

        boolean isAtEnd() throws IOException {
            return ahead == null && !advance();
        }

        byte[] peek() throws IOException {
            if (ahead == null && !advance()) {
                throw new JournalDamagedException(segment.file(), "position " + position + " is not there");
            }
            return Objects.requireNonNull(ahead);
        }

        void pass() {
            ahead = null;
            position++;
        }

        private boolean advance() throws IOException {
            for (var reread = false; ; ) {
                switch (cursor.next()) {
                    case Entry _ -> {
                        ahead = cursor.entry();
                        return true;
                    }
                    case Mark _ -> {}
                    case End _ -> {
                        return false;
                    }
                    case Broken _ -> {
                        if (reread) {
                            throw new JournalDamagedException(
                                    segment.file(),
                                    "the frame at byte " + cursor.offset() + " is not what was written");
                        }
                        cursor.reread();
                        reread = true;
                    }
                }
            }
        }
    }
}
