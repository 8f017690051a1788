package io.streamsync.protocol.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Values by their bytes: ids, methods and versions come again with every record, and are the same object then, neither
/// made, nor checked, nor hashed anew. Bounded: what is new takes the slot of what was there. For any number of
/// threads.
final class Known<T> {

    /// More than the operators and nodes of a large market: some hundred kilobytes of ids.
    private static final int SLOTS = 4096;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final AtomicReferenceArray<@Nullable Slot<T>> slots = new AtomicReferenceArray<>(SLOTS);

    /// Null where it is not known, or not any more.
    @Nullable
    T find(byte[] bytes, int from, int count) {
        var slot = slots.getPlain(slot(bytes, from, count));
        return slot != null && Arrays.equals(slot.bytes, 0, slot.bytes.length, bytes, from, from + count)
                ? slot.value
                : null;
    }

    T add(byte[] bytes, int from, int count, T value) {
        slots.setRelease(slot(bytes, from, count), new Slot<>(Arrays.copyOfRange(bytes, from, from + count), value));
        return value;
    }

    /// By both ends: ids that share one differ in the other.
    private static int slot(byte[] bytes, int from, int count) {
        var mixed = (long) count;
        if (count >= Long.BYTES) {
            mixed += (long) LONGS.get(bytes, from) * 31 + (long) LONGS.get(bytes, from + count - Long.BYTES);
        } else {
            for (var index = from; index < from + count; index++) {
                mixed = mixed * 31 + bytes[index];
            }
        }
        // the golden ratio's bits: every bit of the ends counts in the uppermost ones
        return (int) ((mixed * 0x9E3779B97F4A7C15L) >>> 52);
    }

    @SuppressWarnings("ArrayRecordComponent") // nobody else's, and compared by hand
    private record Slot<T>(byte[] bytes, T value) {}
}
