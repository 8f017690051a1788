package io.streamsync.verifier.publication;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Leaves as they are handed out, one behind the other: router u16, incarnation u16, position u48, length u32, bytes.
final class LeafPage {

    private static final int HEAD = 2 + 2 + 6 + 4;

    private LeafPage() {}

    /// @return how many
    static int read(byte[] page, Consumer<PublishedLeaf> each) {
        var count = 0;
        for (var in = ByteBuffer.wrap(page); in.hasRemaining(); count++) {
            each.accept(leaf(in));
        }
        return count;
    }

    private static PublishedLeaf leaf(ByteBuffer in) {
        if (in.remaining() < HEAD) {
            throw new NotCheckableException("A page of leaves ends within a leaf.");
        }
        var stream = new StreamName(Short.toUnsignedInt(in.getShort()), Short.toUnsignedInt(in.getShort()));
        var position = (long) Short.toUnsignedInt(in.getShort()) << 32 | Integer.toUnsignedLong(in.getInt());
        var length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new NotCheckableException("A page of leaves ends within a leaf.");
        }
        var bytes = new byte[length];
        in.get(bytes);
        return new PublishedLeaf(stream, position, bytes);
    }
}
