package io.streamsync.router.node;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Bytes that are not packed.
final class Plain implements Unpacking {

    private @Nullable ByteBuf piece;

    @Override
    public void add(ByteBuf next) {
        close();
        piece = next;
    }

    @Override
    public int read(byte[] into, int from, int length) {
        if (piece == null) {
            return 0;
        }
        var count = Math.min(length, piece.readableBytes());
        piece.readBytes(into, from, count);
        if (!piece.isReadable()) {
            close();
        }
        return count;
    }

    @Override
    public boolean isUsedUp() {
        return piece == null || !piece.isReadable();
    }

    @Override
    public boolean isWhole() {
        return isUsedUp();
    }

    @Override
    public void close() {
        if (piece != null) {
            piece.release();
            piece = null;
        }
    }
}
