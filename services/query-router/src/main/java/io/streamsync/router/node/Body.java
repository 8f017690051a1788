package io.streamsync.router.node;

import java.util.Arrays;
import java.util.zip.DataFormatException;

/// The bytes of an answer as they arrive. A length that was only announced reserves little: it may be a lie.
final class Body {

    private static final int UNKNOWN_LENGTH = 1024;
    private static final byte[] NOTHING = {};

    private final int largest;
    private final AnswerMemory.Share memory;
    private byte[] bytes;
    private int length;

    /// @param announced the Content-Length, or -1
    Body(long announced, int largest, AnswerMemory.Share memory) {
        this.largest = largest;
        this.memory = memory;
        this.bytes = new byte[announced < 0 ? UNKNOWN_LENGTH : (int) Math.min(announced, AnswerMemory.SHORT)];
    }

    /// What filling came to.
    enum Filled {
        NEEDS_MORE,
        /// There is more than what is held.
        HELD,
        /// There is more than what a router takes.
        TOO_LARGE,
        /// There is no memory for it now.
        NO_ROOM
    }

    /// Takes what there is.
    ///
    /// @param held how many bytes are wanted at most; one more is enough to know that there are more
    Filled fill(Unpacking from, int held) throws DataFormatException {
        while (!from.isUsedUp()) {
            if (length > held) {
                return Filled.HELD;
            }
            if (length == bytes.length && length == largest) {
                return Filled.TOO_LARGE;
            }
            if (length == bytes.length && !hasRoomFor(length + 1)) {
                return Filled.NO_ROOM;
            }
            length += from.read(bytes, length, bytes.length - length);
        }
        return length > held ? Filled.HELD : Filled.NEEDS_MORE;
    }

    /// The whole answer; whoever takes it gives its memory back.
    byte[] take() {
        var whole = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        memory.shrink(bytes.length, length);
        bytes = NOTHING;
        return whole;
    }

    AnswerMemory.Share memory() {
        return memory;
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
