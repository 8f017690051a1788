package io.streamsync.protocol.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Up to 256 records of one stream in the order of their positions: the value of one Kafka record.
///
/// @param router 0 to 65 535
/// @param incarnation 0 to 65 535
/// @param first the position of the first record, 0 to 2^48 - 1
/// @param records encoded, see [StreamRecords]
public record Frame(int router, int incarnation, long first, List<byte[]> records) {

    public static final int MAX_RECORDS = 256;

    // "SSF1": the last byte is the format's version
    private static final int MAGIC = 0x53534631;
    private static final int HEAD = 4 + 2 + 2 + 6 + 2;
    private static final int CHECKSUM = 4;

    public Frame {
        records = List.copyOf(records);
        if (records.isEmpty() || records.size() > MAX_RECORDS) {
            throw new IllegalArgumentException("a frame holds 1 to " + MAX_RECORDS + " records");
        }
        if (router >>> 16 != 0 || incarnation >>> 16 != 0 || first >>> 48 != 0) {
            throw new IllegalArgumentException("a position in a stream is 16 + 16 + 48 bits");
        }
    }

    /// The position after the last record.
    public long next() {
        return first + records.size();
    }

    /// With a magic number, a format version and a CRC-32C over the whole: see `protocol/README.md`.
    public byte[] encode() {
        var size = HEAD + CHECKSUM;
        for (var record : records) {
            size = Math.addExact(size, 4 + record.length);
        }
        var out = new ByteWriter(size);
        out.u32(MAGIC);
        out.u16(router);
        out.u16(incarnation);
        out.u48(first);
        out.u16(records.size());
        for (var record : records) {
            out.u32(record.length);
            out.raw(record);
        }
        out.u32(checksum(out.bytes(), out.length()));
        return out.toByteArray();
    }

    /// @throws IllegalArgumentException when the bytes are no intact frame
    public static Frame decode(byte[] bytes) {
        var end = bytes.length - CHECKSUM;
        if (end < HEAD) {
            throw new IllegalArgumentException("damaged: too short for a frame");
        }
        var in = new ByteReader(bytes, 0, end);
        if (in.u32() != MAGIC) {
            throw new IllegalArgumentException("no frame, or one of an unknown version");
        }
        requireChecksum(bytes, end);
        var router = in.u16();
        var incarnation = in.u16();
        var first = in.u48();
        var records = new ArrayList<byte[]>();
        for (var left = in.u16(); left > 0; left--) {
            records.add(in.raw(in.u32()));
        }
        in.requireEnd();
        return new Frame(router, incarnation, first, records);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Frame frame
                && router == frame.router
                && incarnation == frame.incarnation
                && first == frame.first
                && Arrays.deepEquals(records.toArray(), frame.records.toArray());
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(first) + Arrays.deepHashCode(records.toArray());
    }

    private static void requireChecksum(byte[] bytes, int end) {
        var tail = new ByteReader(bytes, end, bytes.length);
        if (tail.i32() != checksum(bytes, end)) {
            throw new IllegalArgumentException("damaged: the checksum does not fit");
        }
    }

    private static int checksum(byte[] bytes, int length) {
        var checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }
}
