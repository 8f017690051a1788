package io.streamsync.billing.intake;

import io.streamsync.billing.stream.StreamId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// What came of one partition at once, by stream.
///
/// @param first the first offset
/// @param end the offset behind the last
/// @param unreadable where it stops because no more can be read
record Polled(long first, long end, Map<StreamId, List<ReceivedFrame>> frames, Taken.@Nullable Stopped unreadable) {

    /// Up to the first frame that cannot be read.
    static Polled decode(List<ConsumerRecord<String, byte[]>> records) {
        var frames = new LinkedHashMap<StreamId, List<ReceivedFrame>>();
        return new Polled(records.getFirst().offset(), records.getLast().offset() + 1, frames, decode(records, frames));
    }

    private static Taken.@Nullable Stopped decode(
            List<ConsumerRecord<String, byte[]>> records, Map<StreamId, List<ReceivedFrame>> frames) {
        for (var record : records) {
            try {
                var frame = ReceivedFrame.decode(record.offset(), record.value());
                frames.computeIfAbsent(frame.stream(), _ -> new ArrayList<>()).add(frame);
            } catch (RuntimeException unreadable) { // whatever it is, it concerns this frame and no other partition
                return new Taken.Stopped(record.offset(), "unreadable frame: " + unreadable.getMessage(), true);
            }
        }
        return null;
    }
}
