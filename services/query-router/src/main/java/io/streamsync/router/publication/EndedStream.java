package io.streamsync.router.publication;

import io.streamsync.protocol.record.StreamRecord.StreamEnded;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.router.journal.JournalReader;
import java.io.IOException;
import java.util.List;

/// What is left of an earlier incarnation: the rest of its journal, and the end that its death kept it from writing.
/// That end is not written down: the next start would come to the same.
final class EndedStream implements StreamSource {

    private final int incarnation;
    private final JournalReader reader;
    private final byte[] end;
    private long endPosition;

    private EndedStream(int incarnation, JournalReader reader, byte[] end, long endPosition) {
        this.incarnation = incarnation;
        this.reader = reader;
        this.end = end;
        this.endPosition = endPosition;
    }

    /// @param journalEnd the position after the last record in the journal
    /// @param posted the position that billing posts next
    /// @param now Unix ms
    static EndedStream of(int incarnation, JournalReader reader, long journalEnd, long posted, long now)
            throws IOException {
        if (posted < journalEnd) {
            var last = reader.read(incarnation, journalEnd - 1, 1, Integer.MAX_VALUE)
                    .getFirst();
            if (isEnd(last)) {
                return new EndedStream(incarnation, reader, last, journalEnd - 1);
            }
        }
        var end = StreamRecords.encode(new StreamEnded(now));
        return new EndedStream(incarnation, reader, end, Math.max(posted, journalEnd));
    }

    private static boolean isEnd(byte[] record) {
        try {
            return StreamRecords.decode(record) instanceof StreamEnded;
        } catch (IllegalArgumentException ofAnotherVersion) {
            return false;
        }
    }

    /// Puts the end where billing can take it, when Kafka knew more of the stream than this disk.
    ///
    /// @param posted the position that billing, which has not seen the end, posts next
    /// @return whether it was elsewhere
    boolean moveEnd(long posted) {
        if (posted <= endPosition) {
            return false;
        }
        endPosition = posted;
        return true;
    }

    @Override
    public List<byte[]> read(long from, int maxRecords, int maxBytes) throws IOException {
        if (from > endPosition) {
            return List.of();
        }
        return from == endPosition ? List.of(end) : reader.read(incarnation, from, maxRecords, maxBytes);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
