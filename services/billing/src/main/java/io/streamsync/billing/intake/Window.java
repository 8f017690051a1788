package io.streamsync.billing.intake;

import io.streamsync.billing.charging.PositionedRecord;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Which of the frames that came continue their stream: what was posted before is dropped, what comes too early waits.
/// Ends with the first mark of an epoch's end in it, so that what is posted together belongs to one window of
/// settlement.
///
/// @param frames cut to what is new
/// @param encoded their bytes
/// @param next the position after them
/// @param more whether records after a mark are left
record Window(
        List<Frame> frames,
        List<byte[]> encoded,
        List<PositionedRecord> records,
        long next,
        boolean more,
        @Nullable Gap gap) {

    /// @param next the position that is posted next
    /// @param received frames of one stream in the order of their offsets
    static Window of(long next, List<ReceivedFrame> received) {
        var frames = new ArrayList<Frame>();
        var encoded = new ArrayList<byte[]>();
        var records = new ArrayList<PositionedRecord>();
        @Nullable Gap gap = null;
        var at = next;
        for (var one : received) {
            var frame = one.frame();
            if (frame.first() > at) {
                var early = new Gap(one.stream(), one.offset(), at, frame.first());
                gap = gap == null ? early : gap.with(early);
            } else if (frame.next() > at) {
                var from = (int) (at - frame.first());
                var to = untilMark(one.records(), from);
                var isWhole = from == 0 && to == frame.records().size();
                var part = isWhole ? frame : part(frame, from, to);
                frames.add(part);
                encoded.add(isWhole ? one.bytes() : part.encode());
                for (var record : one.records().subList(from, to)) {
                    records.add(new PositionedRecord(at++, record));
                }
                if (one.records().get(to - 1) instanceof StreamRecord.EpochEnded) {
                    return new Window(frames, encoded, records, at, isAnyBehind(at, received), gap);
                }
            }
        }
        return new Window(frames, encoded, records, at, false, gap);
    }

    private static boolean isAnyBehind(long position, List<ReceivedFrame> received) {
        return received.stream().anyMatch(one -> one.frame().next() > position);
    }

    private static int untilMark(List<StreamRecord> records, int from) {
        for (var index = from; index < records.size(); index++) {
            if (records.get(index) instanceof StreamRecord.EpochEnded) {
                return index + 1;
            }
        }
        return records.size();
    }

    /// Per frame the Unix ms of the latest race that it answers; null where it answers none.
    List<@Nullable Long> latest() {
        var latest = new ArrayList<@Nullable Long>(frames.size());
        for (var asked : asked()) {
            var last = asked.max();
            latest.add(last.isPresent() ? last.getAsLong() : null);
        }
        return latest;
    }

    /// Of each frame that answers any: the Unix ms of the first race.
    LongStream first() {
        return asked().stream().map(LongStream::findFirst).flatMapToLong(OptionalLong::stream);
    }

    /// Per frame the Unix ms of the races that it answers.
    private List<LongStream> asked() {
        var asked = new ArrayList<LongStream>(frames.size());
        var at = 0;
        for (var frame : frames) {
            asked.add(records.subList(at, at += frame.records().size()).stream()
                    .map(PositionedRecord::record)
                    .filter(StreamRecord.Answered.class::isInstance)
                    .mapToLong(record -> ((StreamRecord.Answered) record).race().occurredAt()));
        }
        return asked;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    private static Frame part(Frame frame, int from, int to) {
        return new Frame(
                frame.router(),
                frame.incarnation(),
                frame.first() + from,
                frame.records().subList(from, to));
    }
}
