package io.streamsync.benchmarks.node;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection to a scripted node. Reads just as much HTTP and JSON as its clients write: a real codec would cost as
/// much as the router does.
final class NodeConnection extends ByteToMessageDecoder {

    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String LENGTH = "content-length:";

    private final ScriptedNode node;
    private @Nullable LargeAnswer large;

    NodeConnection(ScriptedNode node) {
        this.node = node;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        var text = in.toString(US_ASCII);
        var end = text.indexOf(END_OF_HEAD);
        if (end < 0) {
            return;
        }
        var head = text.substring(0, end);
        var from = end + END_OF_HEAD.length();
        var length = contentLength(head);
        if (text.length() - from >= length) {
            in.skipBytes(from + length);
            answer(context, head, text.substring(from, from + length));
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        if (large != null && large.goOn(context.channel())) {
            large = null;
        }
        super.channelWritabilityChanged(context);
    }

    private void answer(ChannelHandlerContext context, String head, String body) {
        if (head.startsWith("GET /.well-known/streamsync")) {
            write(context, Answers.http(context.alloc(), "{\"operatorId\":\"" + node.operatorId() + "\"}"));
        } else if (head.startsWith("POST /control")) {
            node.control(body);
            write(context, Answers.http(context.alloc(), "{}"));
        } else {
            answerLater(context, value(body, "\"method\":\"", '"'), id(body));
        }
    }

    private void answerLater(ChannelHandlerContext context, String method, String id) {
        var nanos = node.nextNanos();
        if (nanos == 0) {
            answerNow(context, method, id);
        } else {
            var _ = context.executor().schedule(() -> answerNow(context, method, id), nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void answerNow(ChannelHandlerContext context, String method, String id) {
        if (method.equals(Answers.LARGE)) {
            large = new LargeAnswer(id, node.largeBytes());
            large.begin(context.channel());
        } else {
            write(context, Answers.of(context.alloc(), method, id, node));
        }
    }

    private static void write(ChannelHandlerContext context, ByteBuf answer) {
        var _ = context.writeAndFlush(answer, context.voidPromise());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }

    private static int contentLength(String head) {
        var at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
        return at < 0
                ? 0
                : Integer.parseInt(value(head.substring(at), ":", '\r').strip());
    }

    /// A number or a string, wherever it stands.
    private static String id(String body) {
        var after = body.substring(body.indexOf("\"id\":") + 5);
        var end = 0;
        while (after.charAt(end) != ',' && after.charAt(end) != '}') {
            end++;
        }
        return after.substring(0, end);
    }

    private static String value(String text, String before, char after) {
        var from = text.indexOf(before) + before.length();
        var to = text.indexOf(after, from);
        return to < 0 ? text.substring(from) : text.substring(from, to);
    }
}
