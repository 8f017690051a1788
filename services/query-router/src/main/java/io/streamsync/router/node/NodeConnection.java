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
        if (part instanceof HttpContent content && exchange != null) {
            add(content);
        }
    }

    private void begin(HttpResponse response) {
        if (exchange == null) {
            close();
            return;
        }
        dropBody();
        hasContent = false;
        status = response.status().code();
        waitSeconds = status == TOO_MANY_REQUESTS
                ? RetryAfter.seconds(response.headers().get(HttpHeaderNames.RETRY_AFTER), Instant.now())
                : 0;
        keepAlive = HttpUtil.isKeepAlive(response);
        body = new Body(HttpUtil.getContentLength(response, -1L), limits.largestAnswer(), limits.memory());
    }

    private void add(HttpContent content) {
        if (!hasContent && content.content().isReadable()) {
            hasContent = true;
            firstByteAt = System.nanoTime();
        }
        if (body == null || !body.add(content.content())) {
            end(Kind.TOO_LARGE);
        } else if (content instanceof LastHttpContent && !isInformational()) {
            complete(body);
        }
    }

    /// 100 and its like come before the answer, and their end is not the answer's.
    private boolean isInformational() {
        return HttpStatusClass.INFORMATIONAL.contains(status);
    }

    private void complete(Body whole) {
        var asked = giveUp();
        body = null;
        if (keepAlive) {
            answered = true;
        } else {
            close();
        }
        if (asked != null && status == OK) {
            asked.answered(whole.take(), hasContent ? firstByteAt : System.nanoTime());
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
        var failed = giveUp();
        close();
        if (failed != null) {
            failed.failed(NodeFailure.of(reason));
        }
    }

    private void dropBody() {
        if (body != null) {
            body.drop();
            body = null;
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
