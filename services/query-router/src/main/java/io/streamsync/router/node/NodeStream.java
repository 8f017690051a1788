package io.streamsync.router.node;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// A long answer of a node while it comes: its first bytes, and the pieces behind them for whoever takes them. The node
/// is read no faster than they are taken. Belongs to the loop of its connection; whoever was given one closes it.
public final class NodeStream {

    /// What may wait here, beside what the socket hands over at once.
    private static final int HIGH = 128 * 1024;

    private static final int LOW = 32 * 1024;

    /// What a long answer takes of the router's memory while it flows: the pieces that wait, those under way to the
    /// customer, and the buffers in between.
    static final int TAKEN = 512 * 1024;

    /// So much must come in the time in which a short answer must be there whole.
    private static final int LEAST = 64 * 1024;

    private final NodeConnection connection;
    private final byte[] head;
    private final Unpacking unpacking;
    private final AnswerMemory.Share memory;
    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
    private @Nullable Runnable reader;
    private int waitingBytes;
    private boolean paused = true;
    private boolean ended;
    private boolean closed;
    private @Nullable NodeFailure failure;
    private long progressSince = System.nanoTime();
    private int progress;
    private long readSince;
    private long readNanos;

    NodeStream(NodeConnection connection, byte[] head, Unpacking unpacking, AnswerMemory.Share memory) {
        this.connection = connection;
        this.head = head;
        this.unpacking = unpacking;
        this.memory = memory;
    }

    /// The first bytes of the answer. Not to be used any more once this is closed.
    public byte[] head() {
        return head;
    }

    /// What unpacks the pieces, having done so up to the head's end.
    public Unpacking unpacking() {
        return unpacking;
    }

    /// From now on the node is read.
    ///
    /// @param onMore called when there is a piece, the end or a failure
    public void read(Runnable onMore) {
        reader = onMore;
        progressSince = System.nanoTime();
        flow();
    }

    /// The next piece as the node sent it, which the caller releases; null when there is none now.
    public @Nullable ByteBuf next() {
        var piece = waiting.poll();
        if (piece != null) {
            waitingBytes -= piece.readableBytes();
            flow();
        }
        return piece;
    }

    /// Whether all of it has come; the last pieces may still wait here.
    public boolean isEnded() {
        return ended;
    }

    /// Why no more will come; null while more may.
    public @Nullable NodeFailure failure() {
        return failure;
    }

    /// @return false when there is not plenty of memory for it
    public boolean hasRoom(int from, int to) {
        return memory.growIfPlenty(from, to);
    }

    /// The counterpart of [#hasRoom].
    public void giveBack(int from, int to) {
        memory.shrink(from, to);
    }

    /// Any number of times. What has not come by now is not wanted.
    public void close() {
        if (!closed) {
            closed = true;
            reader = null;
            waiting.forEach(ByteBuf::release);
            waiting.clear();
            unpacking.close();
            memory.shrink(head.length, 0);
            memory.shrink(TAKEN, 0);
            if (!ended && failure == null) {
                failure = NodeFailure.of(NodeFailure.Kind.BROKEN_OFF);
                connection.abandon(this);
            }
        }
    }

    /// Takes the buffer over.
    void arrived(ByteBuf piece) {
        if (closed || !piece.isReadable()) {
            piece.release();
            return;
        }
        progress += piece.readableBytes();
        waitingBytes += piece.readableBytes();
        waiting.add(piece);
        flow();
        tell();
    }

    void ended() {
        ended = true;
        tell();
    }

    void failed(NodeFailure why) {
        if (failure == null && !ended) {
            failure = why;
            tell();
        }
    }

    /// Whether the node sends next to nothing though it is read, or has been waited for long enough in all.
    ///
    /// @param mostNanos without what the customer took to read
    boolean isStalled(long now, long timeoutNanos, long mostNanos) {
        if (!paused && readNanos + now - readSince >= mostNanos) {
            return true;
        }
        if (paused || now - progressSince < timeoutNanos) {
            return false;
        }
        var stalled = progress < LEAST;
        progress = 0;
        progressSince = now;
        return stalled;
    }

    private void flow() {
        var pause = reader == null || waitingBytes > (paused ? LOW : HIGH);
        if (pause != paused && !ended && failure == null) {
            paused = pause;
            progress = 0;
            progressSince = System.nanoTime();
            readNanos += pause ? progressSince - readSince : 0;
            readSince = progressSince;
            connection.read(!pause);
        }
    }

    private void tell() {
        if (reader != null) {
            reader.run();
        }
    }
}
