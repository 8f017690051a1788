package io.streamsync.router.node;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// The bytes of an answer as they arrive. A length that was only announced reserves little: it may be a lie.
final class Body {

    private static final int UNKNOWN_LENGTH = 1024;
    private static final byte[] NOTHING = {};

    private final int largest;
    private final AnswerMemory memory;
    private byte[] bytes;
    private int length;

    /// @param announced the Content-Length, or -1
    Body(long announced, int largest, AnswerMemory memory) {
        this.largest = largest;
        this.memory = memory;
        this.bytes = new byte[announced < 0 ? UNKNOWN_LENGTH : (int) Math.min(announced, AnswerMemory.SHORT)];
    }

    /// @return false when it is more than a router takes
    boolean add(ByteBuf part) {
        var more = part.readableBytes();
        if (more > largest - length || !hasRoomFor(length + more)) {
            return false;
        }
        part.getBytes(part.readerIndex(), bytes, length, more);
        length += more;
        return true;
    }

    /// The whole answer; whoever takes it gives its memory back.
    byte[] take() {
        var whole = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        memory.shrink(bytes.length, length);
        bytes = NOTHING;
        return whole;
    }

    void drop() {
        memory.shrink(bytes.length, 0);
        bytes = NOTHING;
    }

    private boolean hasRoomFor(int total) {
        if (total <= bytes.length) {
            return true;
        }
        var size = Math.min(largest, Math.max(2 * bytes.length, total));
        if (!memory.grow(bytes.length, size)) {
            return false;
        }
        bytes = Arrays.copyOf(bytes, size);
        return true;
    }
}
