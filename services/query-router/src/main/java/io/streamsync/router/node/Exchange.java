package io.streamsync.router.node;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/// One question to one node until its answer.
final class Exchange {

    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private final byte[] request;
    private final long deadline;
    private final NodeReply reply;
    private boolean repeatable;

    Exchange(byte[] request, boolean repeatable, long deadline, NodeReply reply) {
        this.request = request;
        this.repeatable = repeatable;
        this.deadline = deadline;
        this.reply = reply;
    }

    boolean isOverdue(long now) {
        return now - deadline >= 0;
    }

    boolean isRepeatable() {
        return repeatable;
    }

    /// Whether to send it once more; yes at most once.
    boolean takeRepeat() {
        var may = repeatable;
        repeatable = false;
        return may;
    }

    /// Head and request in one buffer: one write, one packet.
    ByteBuf frame(ByteBufAllocator allocator, byte[] head) {
        var length = Integer.toString(request.length).getBytes(StandardCharsets.US_ASCII);
        var frame = allocator.directBuffer(head.length + length.length + END_OF_HEAD.length + request.length);
        return frame.writeBytes(head).writeBytes(length).writeBytes(END_OF_HEAD).writeBytes(request);
    }

    void answered(byte[] body, long firstByteAt) {
        reply.answered(body, firstByteAt);
    }

    void failed(NodeFailure failure) {
        reply.failed(failure);
    }
}
