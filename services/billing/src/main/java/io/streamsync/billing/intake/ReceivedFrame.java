package io.streamsync.billing.intake;

import io.streamsync.billing.stream.StreamId;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecords;
import java.util.List;

/// A frame as it came from its partition.
///
/// @param offset in the partition
/// @param bytes of the frame
@SuppressWarnings("ArrayRecordComponent") // nobody compares frames as they came
record ReceivedFrame(long offset, byte[] bytes, Frame frame, List<StreamRecord> records) {

    /// @throws IllegalArgumentException when the bytes are no intact frame of known records
    static ReceivedFrame decode(long offset, byte[] value) {
        var frame = Frame.decode(value);
        return new ReceivedFrame(
                offset,
                value,
                frame,
                frame.records().stream().map(StreamRecords::decode).toList());
    }

    StreamId stream() {
        return new StreamId(frame.router(), frame.incarnation());
    }
}
