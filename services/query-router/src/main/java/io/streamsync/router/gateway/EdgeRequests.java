package io.streamsync.router.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One connection's requests and responses, between the decoder and the server: lets through only what every server on
/// the way reads alike, refuses the rest in words, holds back a client that asks too far ahead, and sees a stopping
/// router's clients off between two requests.
@SuppressWarnings("FutureReturnValueIgnored") // what a write or a close came to, the channel tells by its events
final class EdgeRequests extends ChannelDuplexHandler {

    /// Of a request of which not even the first line can be read.
    private static final HttpRequest NO_HEAD = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");

    private final long patienceNanos;
    private final HeadClock clock;
    private final LingeringClose ending;
    private final BooleanSupplier leaving;
    private final ReadAhead ahead = new ReadAhead();
    private HttpRequest head = NO_HEAD;
    /// Requests without the end of their response.
    private int open;
    private boolean isLast;
    private boolean bodyIsComing;
    private long unread;
    private @Nullable HttpResponseStatus refused;
    private @Nullable ChannelHandlerContext context;

    /// @param patienceNanos for a request's head, for the rest of a body that nobody reads, and for a client to hang up
    /// @param leaving whether this router's clients should connect elsewhere
    EdgeRequests(long patienceNanos, BooleanSupplier leaving) {
        this.patienceNanos = patienceNanos;
        this.clock = new HeadClock(patienceNanos, this::headIsLate);
        this.ending = new LingeringClose(patienceNanos, this::mayStillSend);
        this.leaving = leaving;
    }

    /// To be put in front of the decoder.
    HeadClock clock() {
        return clock;
    }

    /// To be put in front of the decoder, too.
    LingeringClose ending() {
        return ending;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        clock.whole();
        if (refused != null || isBehindTheLast()) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpRequest request) {
            request(ctx, request);
        } else if (message instanceof HttpContent content) {
            content(ctx, content);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (ahead.isTooMuch()) {
            ctx.channel().config().setAutoRead(false);
        } else {
            ctx.read();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse interim && interim.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            ctx.write(message, promise);
            if (HttpResponseStatus.SWITCHING_PROTOCOLS.equals(interim.status())) {
                ctx.pipeline().remove(clock);
                ctx.pipeline().remove(ending);
                ctx.pipeline().remove(this);
            }
        } else if (message instanceof HttpObject) {
            response(ctx, message, promise);
        } else {
            ctx.write(message, promise);
        }
    }

    private void request(ChannelHandlerContext ctx, HttpRequest request) {
        head = request;
        var decoded = request.decoderResult();
        if (decoded.isFailure()) {
            ReferenceCountUtil.release(request);
            refuse(ctx, status(decoded));
            return;
        }
        request.setUri(RequestForm.origin(request.uri()));
        if (RequestForm.fault(request) != null) {
            ReferenceCountUtil.release(request);
            refuse(ctx, HttpResponseStatus.BAD_REQUEST);
            return;
        }
        open++;
        bodyIsComing = true;
        unread = 0;
        if (open > 1) {
            ahead.head(request);
            holdBack(ctx);
        }
        ctx.fireChannelRead(request);
    }

    /// What comes broken is not ended: else the half of it would pass for the whole.
    private void content(ChannelHandlerContext ctx, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            content.release();
            if (open == 0) {
                ctx.close();
            } else {
                open--;
                refuse(ctx, HttpResponseStatus.BAD_REQUEST);
            }
            return;
        }
        var bytes = content.content().readableBytes();
        bodyIsComing = !(content instanceof LastHttpContent);
        if (open > 1) {
            ahead.content(bytes);
            holdBack(ctx);
        } else if (open == 0) {
            drop(ctx, bytes);
        }
        ctx.fireChannelRead(content);
    }

    /// The answer is out before the question: what still comes is let in so that the client gets to read it, but not
    /// without end.
    private void drop(ChannelHandlerContext ctx, int bytes) {
        unread += bytes;
        if (unread > RequestBody.LARGEST) {
            ctx.close();
        }
    }

    private void holdBack(ChannelHandlerContext ctx) {
        if (ahead.isTooMuch()) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    private void response(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        var out = message;
        if (message instanceof FullHttpResponse full && BareRefusal.is(full)) {
            out = BareRefusal.inWords(full, head, ctx.alloc());
        }
        if (out instanceof HttpResponse begun) {
            begin(begun);
        }
        if (out instanceof LastHttpContent) {
            end(ctx, out, promise);
        } else {
            ctx.write(out, promise);
        }
    }

    /// A client that has asked further is answered first: what is dropped behind a last response it would have to ask
    /// again. The rest of a body that is too large is not worth the connection.
    private void begin(HttpResponse response) {
        isLast |= open <= 1 && (leaving.getAsBoolean() || isBeyondTheLargest(response));
        if (isLast) {
            HttpUtil.setKeepAlive(response, false);
        }
    }

    private boolean isBeyondTheLargest(HttpResponse response) {
        return bodyIsComing
                && (HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE.equals(response.status())
                        || HttpUtil.getContentLength(head, 0L) > RequestBody.LARGEST);
    }

    /// What is sent of the request that is being answered is still its own.
    private boolean isBehindTheLast() {
        return isLast && (open == 0 || !bodyIsComing);
    }

    private boolean mayStillSend() {
        return isLast || (open == 0 && bodyIsComing);
    }

    private void end(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        open = Math.max(0, open - 1);
        if (open <= 1) {
            ahead.answered();
        }
        if (isLast) {
            ctx.write(message, promise.unvoid()).addListener(ChannelFutureListener.CLOSE);
        } else {
            ctx.write(message, promise);
        }
        if (refused != null) {
            refuse(ctx, refused);
        } else if (!isLast && open == 0 && bodyIsComing) {
            ctx.executor().schedule(() -> giveUp(ctx), patienceNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void giveUp(ChannelHandlerContext ctx) {
        if (open == 0 && bodyIsComing) {
            ctx.close();
        }
    }

    /// After the answers to what was asked before.
    private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status) {
        refused = status;
        if (open > 0) {
            return;
        }
        isLast = true;
        var bare = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
        bare.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ctx.writeAndFlush(BareRefusal.inWords(bare, head, ctx.alloc())).addListener(ChannelFutureListener.CLOSE);
    }

    private void headIsLate() {
        if (context != null && !isLast && refused == null) {
            head = open == 0 ? NO_HEAD : head;
            refuse(context, HttpResponseStatus.REQUEST_TIMEOUT);
        }
    }

    private static HttpResponseStatus status(DecoderResult result) {
        return result.cause() instanceof TooLongFrameException
                ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                : HttpResponseStatus.BAD_REQUEST;
    }
}
