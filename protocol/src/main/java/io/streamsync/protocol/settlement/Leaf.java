package io.streamsync.protocol.settlement;

import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.StreamRecords;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is published of one record, and where the record stands. The tree is over the bytes; the place follows from the
/// leaf's index and the header's ranges.
public final class Leaf {

    private static final int HEAD = 2 + 2 + 6 + 4;

    private final int router;
    private final int incarnation;
    private final long position;
    private final byte[] bytes;

    /// @param bytes see [StreamRecords#publicPart]
    public Leaf(int router, int incarnation, long position, byte[] bytes) {
        this.router = router;
        this.incarnation = incarnation;
        this.position = position;
        this.bytes = bytes.clone();
    }

    public int router() {
        return router;
    }

    public int incarnation() {
        return incarnation;
    }

    public long position() {
        return position;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public byte[] hash() {
        return MerkleTree.leafHash(bytes);
    }

    /// @throws IllegalArgumentException when the bytes are nothing of a record of a known version
    public PublicRecord record() {
        return StreamRecords.decodePublic(bytes);
    }

    /// As leaves are handed out: u16 router, u16 incarnation, u48 position, u32 length, bytes, big-endian.
    public byte[] encode() {
        return ByteBuffer.allocate(HEAD + bytes.length)
                .putShort((short) router)
                .putShort((short) incarnation)
                .putShort((short) (position >>> 32))
                .putInt((int) position)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    /// Leaves as they are handed out, one behind the other.
    ///
    /// @throws IllegalArgumentException when the last is cut short
    public static List<Leaf> decodeAll(byte[] encoded) {
        var leaves = new ArrayList<Leaf>();
        for (var in = ByteBuffer.wrap(encoded); in.hasRemaining(); ) {
            leaves.add(decode(in));
        }
        return leaves;
    }

    private static Leaf decode(ByteBuffer in) {
        if (in.remaining() < HEAD) {
            throw new IllegalArgumentException("damaged: ends within a leaf");
        }
        var router = Short.toUnsignedInt(in.getShort());
        var incarnation = Short.toUnsignedInt(in.getShort());
        var position = (long) Short.toUnsignedInt(in.getShort()) << 32 | Integer.toUnsignedLong(in.getInt());
        var length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("damaged: ends within a leaf");
        }
        var bytes = new byte[length];
        in.get(bytes);
        return new Leaf(router, incarnation, position, bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Leaf leaf
                && router == leaf.router
                && incarnation == leaf.incarnation
                && position == leaf.position
                && Arrays.equals(bytes, leaf.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(position) + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "leaf of " + router + "/" + incarnation + " at " + position;
    }
}
