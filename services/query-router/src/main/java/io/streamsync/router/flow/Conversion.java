package io.streamsync.router.flow;

import io.netty.buffer.ByteBuf;
import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.router.jsonrpc.ResultScan;
import io.streamsync.router.node.NodeFailure;
import io.streamsync.router.node.NodeFailure.Kind;
import io.streamsync.router.node.NodeStream;
import io.streamsync.router.node.Unpacking;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/// What makes of a node's bytes the customer's: unpacks, scans, hashes, packs. For one thread at a time.
final class Conversion {

    private static final int BUFFER = 32 * 1024;

    /// After so many bytes of the answer another one has its turn.
    private static final int TURN = 64 * 1024;

    private final byte[] head;
    private final Unpacking unpacking;
    private final String expectedId;
    private final int largest;
    private final @Nullable Kept kept;
    private final ResultScan scan = new ResultScan();
    private final MessageDigest hash = Sha256.digest();
    private final byte[] buffer = new byte[BUFFER];
    private @Nullable Packing packing;
    private int ofHead;
    private long length;

    Conversion(NodeStream source, String expectedId, int largest, @Nullable Kept kept) {
        this.head = source.head();
        this.unpacking = source.unpacking();
        this.expectedId = expectedId;
        this.largest = largest;
        this.kept = kept;
    }

    void packAs(Dressing dressing) {
        packing = new Packing(dressing);
    }

    /// Only when what came before is used up.
    void add(ByteBuf piece) {
        unpacking.add(piece);
    }

    /// Whether more must come first.
    boolean isUsedUp() {
        return ofHead == head.length && unpacking.isUsedUp();
    }

    /// A part of what there is.
    ///
    /// @return null, or why this is no answer
    @Nullable
    NodeFailure turn(@Nullable ByteBuf out) {
        try {
            for (var done = 0; done < TURN && !isUsedUp(); ) {
                var count = read();
                if (count > 0 && length > largest) {
                    return NodeFailure.of(Kind.TOO_LARGE);
                }
                if (count > 0 && !take(count, out)) {
                    return NodeFailure.of(Kind.MALFORMED);
                }
                done += Math.max(1, count);
            }
            return null;
        } catch (DataFormatException broken) {
            return NodeFailure.of(Kind.MALFORMED);
        }
    }

    /// All has come.
    Ending end(@Nullable ByteBuf out) {
        if (!unpacking.isWhole() || NodeAnswer.parse(scan.envelope(), "", expectedId) == null) {
            return new Ending.Broken(NodeFailure.of(Kind.MALFORMED));
        }
        if (packing != null && out != null) {
            packing.end(out);
        }
        return new Ending.Whole(HexFormat.of().formatHex(hash.digest()), kept == null ? null : kept.take());
    }

    void close() {
        if (kept != null) {
            kept.drop();
        }
        if (packing != null) {
            packing.close();
        }
    }

    private int read() throws DataFormatException {
        int count;
        if (ofHead < head.length) {
            count = Math.min(BUFFER, head.length - ofHead);
            System.arraycopy(head, ofHead, buffer, 0, count);
            ofHead += count;
        } else {
            count = unpacking.read(buffer, 0, BUFFER);
        }
        length += count;
        return count;
    }

    private boolean take(int count, @Nullable ByteBuf out) {
        if (kept != null) {
            kept.add(buffer, 0, count);
        }
        if (!scan.scan(buffer, 0, count)) {
            return false;
        }
        var result = scan.to() - scan.from();
        hash.update(buffer, scan.from(), result);
        if (packing != null && out != null && result > 0) {
            packing.write(buffer, scan.from(), result, out);
        }
        return true;
    }
}
