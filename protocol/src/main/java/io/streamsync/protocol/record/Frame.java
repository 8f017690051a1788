package io.streamsync.protocol.record;

import java.util.List;

/// Up to 256 records of one stream in the order of their positions: the value of one Kafka record.
///
/// @param first the position of the first record
/// @param records encoded, see [StreamRecords]
public record Frame(int router, int incarnation, long first, List<byte[]> records) {

    public static final int MAX_RECORDS = 256;

    public Frame {
        records = List.copyOf(records);
        if (records.isEmpty() || records.size() > MAX_RECORDS) {
            throw new IllegalArgumentException("a frame holds 1 to " + MAX_RECORDS + " records");
        }
    }

    /// The position after the last record.
    public long next() {
        return first + records.size();
    }

    /// With a magic number, a format version and a CRC-32C over the whole.
    public byte[] encode() {
        throw new UnsupportedOperationException("skeleton");
    }

    /// @throws IllegalArgumentException when the bytes are no intact frame
    public static Frame decode(byte[] bytes) {
        throw new UnsupportedOperationException("skeleton");
    }
}
