package io.streamsync.billing.intake;

import io.streamsync.billing.archive.Frames;
import io.streamsync.billing.charging.Charges;
import io.streamsync.billing.charging.PositionedRecord;
import io.streamsync.billing.epoch.EpochDraws;
import io.streamsync.billing.market.TradedMinutes;
import io.streamsync.billing.settlement.EpochMarks;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.billing.stream.Streams;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Posts frames of one stream, in one transaction.
@Component
class FramePosting {

    private final Streams streams;
    private final Frames frames;
    private final TradedMinutes minutes;
    private final EpochDraws draws;
    private final EpochMarks marks;
    private final Charges charges;
    private final InstantSource clock;

    FramePosting(
            Streams streams,
            Frames frames,
            TradedMinutes minutes,
            EpochDraws draws,
            EpochMarks marks,
            Charges charges,
            InstantSource clock) {
        this.streams = streams;
        this.frames = frames;
        this.minutes = minutes;
        this.draws = draws;
        this.marks = marks;
        this.charges = charges;
        this.clock = clock;
    }

    /// @throws OvertakenException when another consumer moved the stream on meanwhile: nothing was posted
    @Transactional
    public Window post(StreamId stream, List<ReceivedFrame> received) {
        var state = streams.read(stream);
        var window = Window.of(state.nextPosition(), received);
        if (window.isEmpty()) {
            return window;
        }
        var before = streams.advance(state, window.next()).orElseThrow(() -> new OvertakenException(stream));
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var records = window.records().stream().map(PositionedRecord::record).toList();
        frames.add(window.frames(), window.encoded(), records, window.latest(), today);
        minutes.add(stream.router(), records);
        draws.add(stream.router(), stream.incarnation(), records, today);
        charges.post(before, window.records(), now, today);
        marks.add(stream, window.records()); // last: charges hold the books open, so that no window is sealed meanwhile
        return window;
    }

    /// Two consumers hold the same partition; the other one was faster.
    static final class OvertakenException extends RuntimeException {
        OvertakenException(StreamId stream) {
            super("stream " + stream + " was moved on by another consumer");
        }
    }
}
