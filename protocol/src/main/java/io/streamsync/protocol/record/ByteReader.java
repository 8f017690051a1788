package io.streamsync.protocol.record;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what [ByteWriter] wrote, and nothing else: whatever is short, long or unknown is an
/// [IllegalArgumentException].
final class ByteReader {

    private static final HexFormat HEX = HexFormat.of();
    private static final Known<OperatorId> OPERATORS = new Known<>();
    private static final Known<NodeId> NODES = new Known<>();
    private static final Known<String> TEXTS = new Known<>();
    private static final Known<String> HASHES = new Known<>();

    private final byte[] bytes;
    private final int end;
    private int next;

    ByteReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.next = from;
        this.end = to;
    }

    int position() {
        return next;
    }

    int u8() {
        require(1);
        return Byte.toUnsignedInt(bytes[next++]);
    }

    int u16() {
        return u8() << 8 | u8();
    }

    /// @throws IllegalArgumentException above 2^31 - 1: no length and no number here is larger
    int u32() {
        var value = i32();
        if (value < 0) {
            throw new IllegalArgumentException("damaged: a number of 32 bits is too large");
        }
        return value;
    }

    int i32() {
        return u16() << 16 | u16();
    }

    long u48() {
        return (long) u16() << 32 | u32Bits();
    }

    long i64() {
        return u32Bits() << 32 | u32Bits();
    }

    boolean flag() {
        return flags(1) == 1;
    }

    /// @param known all bits that may be set
    int flags(int known) {
        var value = u8();
        if ((value & ~known) != 0) {
            throw new IllegalArgumentException("unknown flags " + value);
        }
        return value;
    }

    <E> E choice(E[] constants) {
        return constant(constants, u8());
    }

    <E> @Nullable E optionalChoice(E[] constants) {
        var code = u8();
        return code == 0 ? null : constant(constants, code - 1);
    }

    OperatorId operatorId() {
        return repeated(OPERATORS, OperatorId::new);
    }

    NodeId nodeId() {
        return repeated(NODES, NodeId::new);
    }

    /// One that comes with many records.
    String repeatedText() {
        return repeated(TEXTS, Function.identity());
    }

    private <T> T repeated(Known<T> known, Function<String, T> made) {
        var count = u8();
        require(count);
        var from = next;
        var found = known.find(bytes, from, count);
        if (found != null) {
            next += count;
            return found;
        }
        return known.add(bytes, from, count, made.apply(text(count)));
    }

    String text() {
        var count = u8();
        require(count);
        return text(count);
    }

    private String text(int count) {
        if (isAscii(count)) {
            next += count;
            return new String(bytes, next - count, count, StandardCharsets.ISO_8859_1);
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, next, count))
                    .toString();
            next += count;
            return text;
        } catch (CharacterCodingException notText) {
            throw new IllegalArgumentException("damaged: a text is not UTF-8", notText);
        }
    }

    /// Ids are, all of them: no decoder is needed then, nor for what it makes garbage of.
    private boolean isAscii(int count) {
        var sign = 0;
        for (var index = next; index < next + count; index++) {
            sign |= bytes[index];
        }
        return sign >= 0;
    }

    /// One that comes with many records.
    String repeatedHash() {
        require(Sha256.LENGTH);
        var found = HASHES.find(bytes, next, Sha256.LENGTH);
        if (found != null) {
            next += Sha256.LENGTH;
            return found;
        }
        var from = next;
        return HASHES.add(bytes, from, Sha256.LENGTH, hex(Sha256.LENGTH));
    }

    String hex(int count) {
        require(count);
        next += count;
        return HEX.formatHex(bytes, next - count, next);
    }

    UUID uuid() {
        return new UUID(i64(), i64());
    }

    byte[] raw(int count) {
        require(count);
        var copy = new byte[count];
        System.arraycopy(bytes, next, copy, 0, count);
        next += count;
        return copy;
    }

    /// Where a last part may be left out.
    boolean isAtEnd() {
        return next == end;
    }

    void requireEnd() {
        if (next != end) {
            throw new IllegalArgumentException("damaged: " + (end - next) + " bytes too many");
        }
    }

    private long u32Bits() {
        return (long) u16() << 16 | u16();
    }

    private static <E> E constant(E[] constants, int code) {
        if (code >= constants.length) {
            throw new IllegalArgumentException("unknown code " + code);
        }
        return constants[code];
    }

    private void require(int count) {
        if (end - next < count) {
            throw new IllegalArgumentException("damaged: ends too early");
        }
    }
}
