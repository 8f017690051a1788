package io.streamsync.router.flow;

import io.streamsync.router.node.NodeClient;
import io.streamsync.router.node.NodeStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The bytes of an answer that is to be compared in full, as long as it is not too long and there is memory for it.
/// Whoever takes them gives their memory back.
final class Kept {

    private static final int FIRST = 512 * 1024;

    private final NodeStream memory;
    private byte @Nullable [] bytes;
    private int length;

    Kept(NodeStream memory) {
        this.memory = memory;
        this.bytes = memory.hasRoom(0, FIRST) ? new byte[FIRST] : null;
    }

    void add(byte[] more, int from, int count) {
        if (bytes == null) {
            return;
        }
        if (count > bytes.length - length && !grow(bytes, length + count)) {
            drop();
            return;
        }
        System.arraycopy(more, from, bytes, length, count);
        length += count;
    }

    byte @Nullable [] take() {
        if (bytes == null) {
            return null;
        }
        var whole = Arrays.copyOf(bytes, length);
        memory.giveBack(bytes.length, length);
        bytes = null;
        return whole;
    }

    void drop() {
        if (bytes != null) {
            memory.giveBack(bytes.length, 0);
            bytes = null;
        }
    }

    private boolean grow(byte[] full, int least) {
        var size = Math.min(NodeClient.LARGEST_HELD, Math.max(2 * full.length, least));
        if (size < least || !memory.hasRoom(full.length, size)) {
            return false;
        }
        bytes = Arrays.copyOf(full, size);
        return true;
    }
}
