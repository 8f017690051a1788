package io.streamsync.router.node;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// The bytes of an answer as they arrive. A length that was only announced reserves little: it may be a lie.
final class Body {

    private static final int UNKNOWN_LENGTH = 1024;
    private static final int TRUSTED_LENGTH = 64 * 1024;

    private final int largest;
    private byte[] bytes;
    private int length;

    /// @param announced the Content-Length, or -1
    Body(long announced, int largest) {
        this.largest = largest;
        this.bytes = new byte[announced < 0 ? UNKNOWN_LENGTH : (int) Math.min(announced, TRUSTED_LENGTH)];
    }

    /// @return false when it is more than a router takes
    boolean add(ByteBuf part) {
        var more = part.readableBytes();
        if (more > largest - length) {
            return false;
        }
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(largest, Math.max(2 * bytes.length, length + more)));
        }
        part.getBytes(part.readerIndex(), bytes, length, more);
        length += more;
        return true;
    }

    byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
