package io.streamsync.router.journal;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The first 24 bytes of a segment: magic `SSJL`, format (2 bytes), router (2), incarnation (2), zero (2),
/// position of the first record (8), CRC-32C of all before (4). Big-endian, like everything in a segment.
record SegmentHeader(Incarnation incarnation, long first) {

    static final int BYTES = 24;

    private static final int MAGIC = 0x53534A4C;
    private static final short FORMAT = 1;

    ByteBuffer encode() {
        var bytes = ByteBuffer.allocate(BYTES);
        bytes.putInt(MAGIC)
                .putShort(FORMAT)
                .putShort((short) incarnation.router())
                .putShort((short) incarnation.number())
                .putShort((short) 0)
                .putLong(first);
        return bytes.putInt(checksum(bytes)).flip();
    }

    /// Empty when the bytes are no header of this format.
    static Optional<SegmentHeader> decode(ByteBuffer bytes) {
        if (bytes.limit() < BYTES || bytes.getInt(0) != MAGIC || bytes.getShort(4) != FORMAT) {
            return Optional.empty();
        }
        if (bytes.getInt(BYTES - Integer.BYTES) != checksum(bytes)) {
            return Optional.empty();
        }
        var incarnation =
                new Incarnation(Short.toUnsignedInt(bytes.getShort(6)), Short.toUnsignedInt(bytes.getShort(8)));
        return Optional.of(new SegmentHeader(incarnation, bytes.getLong(12)));
    }

    private static int checksum(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes.slice(0, BYTES - Integer.BYTES));
        return (int) crc.getValue();
    }
}
