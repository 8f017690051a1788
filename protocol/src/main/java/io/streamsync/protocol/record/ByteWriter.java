package io.streamsync.protocol.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Growing big-endian bytes; the counterpart of [ByteReader]. Not for use by two threads.
@SuppressWarnings("EnumOrdinal") // the documented code of a constant is its position; golden bytes pin all of them
final class ByteWriter {

    private static final int MAX_TEXT = 255;

    private byte[] bytes;
    private int length;

    ByteWriter(int capacity) {
        bytes = new byte[capacity];
    }

    int length() {
        return length;
    }

    byte[] bytes() {
        return bytes;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    void u8(int value) {
        require(1);
        bytes[length++] = (byte) value;
    }

    void u16(int value) {
        require(2);
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }

    /// Also signed numbers: 32 bits as they are.
    void u32(int value) {
        require(4);
        u32At(length, value);
        length += 4;
    }

    void u48(long value) {
        if (value >>> 48 != 0) {
            throw new IllegalArgumentException(value + " has more than 48 bits");
        }
        u16((int) (value >>> 32));
        u32((int) value);
    }

    void i64(long value) {
        u32((int) (value >>> 32));
        u32((int) value);
    }

    void flag(boolean value) {
        u8(value ? 1 : 0);
    }

    /// The constant's position, which therefore never changes: new constants go to the end.
    void choice(Enum<?> constant) {
        u8(constant.ordinal());
    }

    /// 0 for none, else the constant's position + 1.
    void optionalChoice(@Nullable Enum<?> constant) {
        u8(constant == null ? 0 : constant.ordinal() + 1);
    }

    /// A count of what follows.
    void count8(int count) {
        u8(within(count, 0xFF));
    }

    void count16(int count) {
        u16(within(count, 0xFFFF));
    }

    /// One byte of length, then UTF-8: names and ids are short.
    void text(String text) {
        var count = text.length();
        require(1 + count);
        for (var i = 0; i < count; i++) {
            var c = text.charAt(i);
            if (c >= 0x80) {
                encoded(text);
                return;
            }
            bytes[length + 1 + i] = (byte) c;
        }
        bytes[length] = (byte) within(count, MAX_TEXT);
        length += 1 + count;
    }

    /// Hex digits as the bytes they stand for, without a length.
    void hex(String digits, int count) {
        if (digits.length() != 2 * count) {
            throw new IllegalArgumentException("not " + 2 * count + " lower-case hex digits: " + digits);
        }
        require(count);
        for (var i = 0; i < count; i++) {
            bytes[length++] = (byte) (digit(digits, 2 * i) << 4 | digit(digits, 2 * i + 1));
        }
    }

    void uuid(UUID id) {
        i64(id.getMostSignificantBits());
        i64(id.getLeastSignificantBits());
    }

    void raw(byte[] other) {
        require(other.length);
        System.arraycopy(other, 0, bytes, length, other.length);
        length += other.length;
    }

    /// Fills in a number that was left open.
    void u32At(int index, int value) {
        bytes[index] = (byte) (value >>> 24);
        bytes[index + 1] = (byte) (value >>> 16);
        bytes[index + 2] = (byte) (value >>> 8);
        bytes[index + 3] = (byte) value;
    }

    private void encoded(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        count8(utf8.length);
        raw(utf8);
    }

    private void require(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    private static int digit(String digits, int index) {
        var c = digits.charAt(index);
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        throw new IllegalArgumentException("not lower-case hex digits: " + digits);
    }

    private static int within(int value, int most) {
        if (value > most) {
            throw new IllegalArgumentException(value + " is more than the " + most + " that a record can hold");
        }
        return value;
    }
}
