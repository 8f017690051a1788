package io.streamsync.router.node;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/// One question to one node until its answer.
final class Exchange {

    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
    private static final byte[] PACKED = "\r\nAccept-Encoding: gzip\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

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
        var end = reply.packed() ? PACKED : END_OF_HEAD;
        var frame = allocator.directBuffer(head.length + length.length + end.length + request.length);
        return frame.writeBytes(head).writeBytes(length).writeBytes(end).writeBytes(request);
    }

    /// Of its own questions' answers the router keeps nothing.
    void answered(byte[] body, long firstByteAt, AnswerMemory memory) {
        try {
            reply.answered(body, firstByteAt);
        } finally {
            if (reply.memory() == null) {
                memory.own().shrink(body.length, 0);
            }
        }
    }

    /// Whose share of the memory for long answers it takes.
    AnswerMemory.Share memory(AnswerMemory memory) {
        var customers = reply.memory();
        return customers == null ? memory.own() : customers;
    }

    int held() {
        return reply.held();
    }

    void streams(NodeStream stream, long firstByteAt) {
        reply.streams(stream, firstByteAt);
    }

    void failed(NodeFailure failure) {
        reply.failed(failure);
    }
}
