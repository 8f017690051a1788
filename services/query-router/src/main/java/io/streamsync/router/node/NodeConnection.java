package io.streamsync.router.node;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.streamsync.router.node.NodeFailure.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/// One connection to a node, with at most one question under way. A connection about which anything is in doubt is
/// closed: what comes late must never be taken for the answer to the next question.
@SuppressWarnings("FutureReturnValueIgnored") // what a write or a close came to, the channel tells by its events
final class NodeConnection extends ChannelInboundHandlerAdapter {

    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;

    /// What a server says that closes a kept connection, whether or not a question was on its way.
    private static final int REQUEST_TIMEOUT = 408;

    private final NodePool pool;
    private final byte[] head;
    private final NodeLimits limits;
    private @Nullable Channel channel;
    private @Nullable Exchange exchange;
    private @Nullable Body body;
    private @Nullable Unpacking unpacking;
    private @Nullable NodeStream stream;
    private int status;
    private long waitSeconds;
    private boolean answered;
    private boolean kept;
    private boolean keepAlive;
    private boolean hasContent;
    private boolean reused;
    private long firstByteAt;
    private long idleSince;

    NodeConnection(NodePool pool, byte[] head, NodeLimits limits, Exchange first) {
        this.pool = pool;
        this.head = head;
        this.limits = limits;
        this.exchange = first;
    }

    void send(Exchange next) {
        exchange = next;
        kept = false;
        reused = true;
        write(next);
    }

    /// The question that waits for this connection, which could not be made; null when its time has passed.
    @Nullable
    Exchange giveUp() {
        var waiting = exchange;
        exchange = null;
        return waiting;
    }

    void sweep(long now, long idleNanos) {
        if (exchange != null && exchange.isOverdue(now)) {
            end(Kind.TIMEOUT);
        } else if (stream != null && stream.isStalled(now, limits.timeoutNanos(), limits.longestNanos())) {
            end(Kind.TIMEOUT);
        } else if (kept && now - idleSince > idleNanos) {
            close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        if (exchange == null) {
            close();
        } else {
            write(exchange);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            read((HttpObject) message);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /// Only now: what else the node wrote with its answer must not meet the next question.
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (answered) {
            answered = false;
            keep();
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pool.closed(this);
        var unanswered = giveUp();
        var brokenOff = stream;
        stream = null;
        if (brokenOff != null) {
            brokenOff.failed(NodeFailure.of(Kind.BROKEN_OFF));
        }
        var isNew = body == null;
        dropBody();
        if (unanswered != null && reused && isNew && unanswered.takeRepeat()) {
            pool.askOnANewConnection(unanswered);
        } else if (unanswered != null) {
            unanswered.failed(NodeFailure.of(Kind.BROKEN_OFF));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException || cause instanceof DecoderException)) {
            pool.broke(cause);
        }
        answered = false;
        context.close();
    }

    private void read(HttpObject part) {
        if (part.decoderResult().isFailure()) {
            end(Kind.MALFORMED);
            return;
        }
        if (part instanceof HttpResponse response) {
            begin(response);
        }
        if (part instanceof HttpContent content && stream != null) {
            pass(content, stream);
        } else if (part instanceof HttpContent content && exchange != null) {
            add(content);
        }
    }

    private void begin(HttpResponse response) {
        if (exchange == null) {
            close();
            return;
        }
        dropBody();
        unpacking = Unpacking.of(response.headers().get(HttpHeaderNames.CONTENT_ENCODING));
        hasContent = false;
        status = response.status().code();
        waitSeconds = status == TOO_MANY_REQUESTS
                ? RetryAfter.seconds(response.headers().get(HttpHeaderNames.RETRY_AFTER), Instant.now())
                : 0;
        keepAlive = HttpUtil.isKeepAlive(response);
        body = new Body(
                HttpUtil.getContentLength(response, -1L), limits.largestAnswer(), exchange.memory(limits.memory()));
    }

    private void add(HttpContent content) {
        if (!hasContent && content.content().isReadable()) {
            hasContent = true;
            firstByteAt = System.nanoTime();
        }
        if (body == null || unpacking == null) {
            end(Kind.MALFORMED);
            return;
        }
        unpacking.add(content.content().retain());
        switch (fill(body, unpacking)) {
            case TOO_LARGE -> end(Kind.TOO_LARGE);
            case NO_ROOM -> end(Kind.NO_ROOM);
            case HELD -> begin(content, body, unpacking);
            case NEEDS_MORE -> {
                if (content instanceof LastHttpContent && !isInformational()) {
                    complete(body, unpacking);
                }
            }
            case null -> end(Kind.MALFORMED);
        }
    }

    /// Null when the bytes are not what they are said to be.
    private Body.@Nullable Filled fill(Body into, Unpacking from) {
        try {
            return into.fill(from, exchange == null ? 0 : exchange.held());
        } catch (DataFormatException broken) {
            return null;
        }
    }

    /// The answer is longer than what is held: whoever asked gets it as it comes. Nothing more is read until then.
    private void begin(HttpContent content, Body held, Unpacking rest) {
        if (status != OK) {
            end(NodeFailure.ofStatus(status, waitSeconds));
            return;
        }
        var memory = held.memory();
        if (!memory.grow(0, NodeStream.TAKEN)) {
            end(Kind.NO_ROOM);
            return;
        }
        var asked = giveUp();
        var begun = new NodeStream(this, held.take(), rest, memory);
        body = null;
        unpacking = null;
        stream = begun;
        read(false);
        if (content instanceof LastHttpContent) {
            over(begun);
        }
        if (asked == null) {
            begun.close();
        } else {
            asked.streams(begun, firstByteAt);
        }
    }

    private void pass(HttpContent content, NodeStream to) {
        to.arrived(content.content().retain());
        if (content instanceof LastHttpContent && stream == to) {
            over(to);
        }
    }

    /// All of it has come.
    private void over(NodeStream whole) {
        stream = null;
        if (keepAlive) {
            answered = true;
            read(true);
        } else {
            close();
        }
        whole.ended();
    }

    /// Whether the node's bytes are wanted now.
    void read(boolean wanted) {
        if (channel != null) {
            channel.config().setAutoRead(wanted);
        }
    }

    /// Nobody wants the rest.
    void abandon(NodeStream unwanted) {
        if (stream == unwanted) {
            stream = null;
            close();
        }
    }

    /// 100 and its like come before the answer, and their end is not the answer's.
    private boolean isInformational() {
        return HttpStatusClass.INFORMATIONAL.contains(status);
    }

    private void complete(Body all, Unpacking from) {
        if (!from.isWhole()) {
            end(Kind.MALFORMED);
            return;
        }
        complete(all);
    }

    private void complete(Body whole) {
        var asked = giveUp();
        body = null;
        dropUnpacking();
        if (keepAlive) {
            answered = true;
        } else {
            close();
        }
        if (asked != null && status == OK) {
            asked.answered(whole.take(), hasContent ? firstByteAt : System.nanoTime(), limits.memory());
            return;
        }
        whole.drop();
        if (asked != null && status == REQUEST_TIMEOUT && reused && asked.takeRepeat()) {
            close();
            pool.askOnANewConnection(asked);
        } else if (asked != null) {
            asked.failed(NodeFailure.ofStatus(status, waitSeconds));
        }
    }

    private void keep() {
        kept = true;
        idleSince = System.nanoTime();
        pool.kept(this);
    }

    private void write(Exchange next) {
        if (channel != null) {
            channel.writeAndFlush(next.frame(channel.alloc(), head), channel.voidPromise());
        }
    }

    private void end(Kind reason) {
        end(NodeFailure.of(reason));
    }

    private void end(NodeFailure reason) {
        var failed = giveUp();
        var brokenOff = stream;
        stream = null;
        close();
        if (failed != null) {
            failed.failed(reason);
        }
        if (brokenOff != null) {
            brokenOff.failed(reason);
        }
    }

    private void dropBody() {
        if (body != null) {
            body.drop();
            body = null;
        }
        dropUnpacking();
    }

    private void dropUnpacking() {
        if (unpacking != null) {
            unpacking.close();
            unpacking = null;
        }
    }

    private void close() {
        answered = false;
        kept = false;
        dropBody();
        pool.closed(this);
        if (channel != null) {
            channel.close();
        }
    }
}
