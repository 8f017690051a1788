package io.streamsync.router.race;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.zip.CRC32C;

/// Bytes of the latest races in memory that is taken once and written round and round: as objects of their own they
/// would outlive several young collections each, and lengthen every one of them. Written by all event loops without a
/// lock; what is being overwritten while it is read does not fit its checksum and counts as forgotten.
final class PayloadRing {

    /// Sequence, milliseconds, length and checksum.
    private static final int HEAD = Long.BYTES + Long.BYTES + Integer.BYTES + Integer.BYTES;

    /// Fewer bytes than nearly every race takes, so that room and not places runs out.
    private static final int BYTES_PER_PLACE = 512;

    private final byte[] bytes;
    private final AtomicLong written = new AtomicLong();

    /// By sequence, the younger in the place of the older: one more than where it begins; 0 is none.
    private final AtomicLongArray starts;

    PayloadRing(int size) {
        bytes = new byte[size];
        starts = new AtomicLongArray(size / BYTES_PER_PLACE + 1);
    }

    /// Keeps a race at the cost of the oldest ones; one that is larger than the ring is not kept.
    void put(long sequence, long millis, byte[] payload) {
        var length = HEAD + payload.length;
        if (length > bytes.length) {
            return;
        }
        var start = written.getAndAdd(length);
        var head = ByteBuffer.allocate(HEAD)
                .putLong(sequence)
                .putLong(millis)
                .putInt(payload.length)
                .putInt(checksum(sequence, millis, payload));
        write(start, head.array());
        write(start + HEAD, payload);
        starts.set(place(sequence), start + 1);
    }

    Optional<byte[]> get(long sequence, long millis) {
        var start = starts.get(place(sequence)) - 1;
        if (start < 0 || written.get() - start > bytes.length) {
            return Optional.empty();
        }
        var head = ByteBuffer.wrap(read(start, HEAD));
        if (head.getLong() != sequence || head.getLong() != millis) {
            return Optional.empty();
        }
        var length = head.getInt();
        if (length < 0 || length > bytes.length - HEAD) {
            return Optional.empty();
        }
        var payload = read(start + HEAD, length);
        return head.getInt() == checksum(sequence, millis, payload) ? Optional.of(payload) : Optional.empty();
    }

    private int place(long sequence) {
        return (int) Long.remainderUnsigned(sequence, starts.length());
    }

    private void write(long start, byte[] part) {
        var at = (int) (start % bytes.length);
        var toTheEnd = Math.min(part.length, bytes.length - at);
        System.arraycopy(part, 0, bytes, at, toTheEnd);
        System.arraycopy(part, toTheEnd, bytes, 0, part.length - toTheEnd);
    }

    private byte[] read(long start, int length) {
        var part = new byte[length];
        var at = (int) (start % bytes.length);
        var toTheEnd = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, part, 0, toTheEnd);
        System.arraycopy(bytes, 0, part, toTheEnd, length - toTheEnd);
        return part;
    }

    private static int checksum(long sequence, long millis, byte[] payload) {
        var checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(Long.BYTES + Long.BYTES)
                .putLong(sequence)
                .putLong(millis)
                .flip());
        checksum.update(payload);
        return (int) checksum.getValue();
    }
}
