package io.streamsync.billing.intake;

import io.streamsync.billing.charging.PositionedRecord;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which of the frames that came continue their stream: what was posted before is dropped, what comes too early waits.
///
/// @param frames cut to what is new
/// @param next the position after them
record Window(
        List<Frame> frames,
        List<PositionedRecord> records,
        long next,
        @Nullable Gap gap) {

    /// @param next the position that is posted next
    /// @param received frames of one stream in the order of their offsets
    static Window of(long next, List<ReceivedFrame> received) {
        var frames = new ArrayList<Frame>();
        var records = new ArrayList<PositionedRecord>();
        @Nullable Gap gap = null;
        var at = next;
        for (var one : received) {
            var frame = one.frame();
            if (frame.first() > at) {
                gap = gap == null ? new Gap(one.stream(), one.offset(), at, frame.first()) : gap;
            } else if (frame.next() > at) {
                var posted = (int) (at - frame.first());
                frames.add(from(frame, posted));
                for (var index = posted; index < one.records().size(); index++) {
                    records.add(new PositionedRecord(at++, one.records().get(index)));
                }
            }
        }
        return new Window(frames, records, at, gap);
    }

    /// Per frame the Unix ms of the latest race that it answers; null where it answers none.
    List<@Nullable Long> latest() {
        var latest = new ArrayList<@Nullable Long>(frames.size());
        var at = 0;
        for (var frame : frames) {
            var of = records.subList(at, at += frame.records().size()).stream()
                    .map(PositionedRecord::record)
                    .filter(StreamRecord.Answered.class::isInstance)
                    .mapToLong(record -> ((StreamRecord.Answered) record).race().occurredAt())
                    .max();
            latest.add(of.isPresent() ? of.getAsLong() : null);
        }
        return latest;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    private static Frame from(Frame frame, int posted) {
        return posted == 0
                ? frame
                : new Frame(
                        frame.router(),
                        frame.incarnation(),
                        frame.first() + posted,
                        frame.records().subList(posted, frame.records().size()));
    }
}
