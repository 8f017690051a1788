package io.streamsync.router.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// What follows a segment's header: frames of length (4 bytes), CRC-32C over length and bytes (4), bytes.
/// A record takes a position. A mark, told by the top bit of its length, takes none: its 8 bytes say up to which
/// offset the segment was synced before the mark was written. So recovery can tell a torn tail from damage.
final class Framing {

    static final int OVERHEAD = 2 * Integer.BYTES;
    static final int MARK_BYTES = OVERHEAD + Long.BYTES;

    /// Half of what Kafka takes in one record by default.
    static final int MAX_RECORD = 512 * 1024;

    static final int MARK = 0x8000_0000 | Long.BYTES;

    private Framing() {}

    static int size(byte[] record) {
        return OVERHEAD + record.length;
    }

    static void putRecord(ByteBuffer to, byte[] record) {
        to.putInt(record.length)
                .putInt(checksum(record.length, ByteBuffer.wrap(record)))
                .put(record);
    }

    static void putMark(ByteBuffer to, long syncedOffset) {
        var offset = ByteBuffer.allocate(Long.BYTES).putLong(0, syncedOffset);
        to.putInt(MARK).putInt(checksum(MARK, offset)).putLong(syncedOffset);
    }

    /// How many bytes a frame of this length field carries, or -1 when no frame has such a length.
    static int payload(int length) {
        if (length == MARK) {
            return Long.BYTES;
        }
        return length > 0 && length <= MAX_RECORD ? length : -1;
    }

    static int checksum(int length, ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(length >>> 24);
        crc.update(length >>> 16);
        crc.update(length >>> 8);
        crc.update(length);
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }
}
