package io.streamsync.benchmarks.node;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;

/// An answer of many megabytes on its way: written as fast as the other side reads, never held.
final class LargeAnswer {

    private final String id;
    private int left;

    /// @param bytes about how long it is
    LargeAnswer(String id, long bytes) {
        this.id = id;
        this.left = Math.toIntExact(bytes / Answers.someAccounts().readableBytes());
    }

    void begin(Channel channel) {
        var start = "{\"jsonrpc\":\"2.0\",\"result\":[" + Answers.firstAccount();
        var length = start.length() + (long) left * Answers.someAccounts().readableBytes() + end().length();
        write(
                channel,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n" + start);
        goOn(channel);
    }

    /// @return whether it is all written
    boolean goOn(Channel channel) {
        while (left > 0 && channel.isWritable()) {
            var _ = channel.write(Answers.someAccounts(), channel.voidPromise());
            left--;
        }
        if (left == 0) {
            left = -1;
            write(channel, end());
        }
        channel.flush();
        return left < 0;
    }

    private String end() {
        return "],\"id\":" + id + "}";
    }

    private static void write(Channel channel, String text) {
        var _ = channel.write(ByteBufUtil.encodeString(channel.alloc(), java.nio.CharBuffer.wrap(text), US_ASCII));
    }
}
