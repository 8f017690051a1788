package io.streamsync.router.publication;

import io.streamsync.protocol.record.Frame;
import io.streamsync.router.journal.Incarnation;
import io.streamsync.router.publication.HighWaterMarks.Mark;
import java.io.IOException;
import java.util.Optional;

/// How far one stream has been sent and acknowledged. Frames leave in order; going back sends some twice, never
/// leaves one out. Belongs to one thread.
final class StreamForwarder {

    /// Half of what Kafka takes in one record by default.
    private static final int MAX_BYTES = 512 * 1024;

    private final Incarnation incarnation;
    private final StreamSource source;
    private final Stall stall;
    private long next;
    private long acknowledged;
    private int turn;

    /// @param next the position that billing posts next
    StreamForwarder(Incarnation incarnation, StreamSource source, Stall stall, long next) {
        this.incarnation = incarnation;
        this.source = source;
        this.stall = stall;
        this.next = next;
        acknowledged = next;
    }

    Incarnation incarnation() {
        return incarnation;
    }

    /// The position after the last record that Kafka has acknowledged.
    long acknowledged() {
        return acknowledged;
    }

    /// The next frame, if there are records for one. It counts as sent.
    Optional<SentFrame> take() throws IOException {
        var records = source.read(next, Frame.MAX_RECORDS, MAX_BYTES);
        if (records.isEmpty()) {
            return Optional.empty();
        }
        var frame = new Frame(incarnation.router(), incarnation.number(), next, records);
        next = frame.next();
        return Optional.of(new SentFrame(this, turn, frame));
    }

    /// Kafka has the frame. What was sent before going back says nothing about what is sent after.
    void acknowledge(SentFrame sent) {
        if (sent.turn() == turn) {
            acknowledged = Math.max(acknowledged, sent.frame().next());
        }
    }

    /// Goes back to what Kafka has not acknowledged.
    void rewind() {
        rewind(acknowledged);
    }

    /// Goes back, or on, where what billing tells asks for it. What billing has posted Kafka had, whether or
    /// not it said so; the journal may have forgotten it by now.
    ///
    /// @return whether the stream does not go on from where it was
    boolean follow(Mark told) {
        if (source instanceof EndedStream ended && ended.moveEnd(told.nextPosition())) {
            rewind(told.nextPosition());
            return true;
        }
        acknowledged = Math.max(acknowledged, told.nextPosition());
        next = Math.max(next, acknowledged);
        var suspected = stall.isSuspected(told, acknowledged);
        if (suspected) {
            rewind(told.nextPosition());
        }
        return suspected;
    }

    /// Whether the stream is still being written.
    boolean isLive() {
        return source instanceof LiveStream;
    }

    void close() throws IOException {
        source.close();
    }

    private void rewind(long position) {
        next = position;
        acknowledged = position;
        turn++;
    }
}
