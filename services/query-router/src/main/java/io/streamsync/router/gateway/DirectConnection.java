package io.streamsync.router.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.streamsync.router.race.RpcResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One connection's shortest way: a plain query that came whole in one read is raced right behind the decoder, and its
/// response written from here. What the server does for every request (timers, changes of the pipeline, two stops of
/// the socket, publishers) costs about as much as asking a node. Everything else is the server's, which never sees the
/// queries in between. One query at a time, as the answers have an order, and none before the last answer has left:
/// who does not read is not answered further.
final class DirectConnection extends ChannelDuplexHandler {

    private final Answers answers;
    /// What came while a query is being answered.
    private final Queue<Object> behind = new ArrayDeque<>();
    private final List<HttpContent> body = new ArrayList<>(2);
    /// Of a query whose body is still to come.
    private @Nullable HttpRequest head;
    private @Nullable DirectResponse response;
    /// Requests that the server has not answered yet.
    private int ofServer;
    private boolean isCatchingUp;
    private @Nullable ChannelPromise closing;

    DirectConnection(Answers answers) {
        this.answers = answers;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (response == null) {
            take(ctx, message);
        } else {
            behind.add(message);
        }
    }

    /// A query that comes in pieces is the server's, with its clocks.
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (head != null) {
            passOn(ctx, head);
        }
        readOn(ctx);
        ctx.fireChannelReadComplete();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise is told
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent && !isInterim(message)) {
            ofServer = Math.max(0, ofServer - 1);
        }
        ctx.write(message, promise);
    }

    /// A server that stops closes what it sees nothing on: the query is answered first. A reset is never put off.
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise is told
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (response != null
                && closing == null
                && ctx.channel().isActive()
                && !ClientOutlet.isBrokenOff(ctx.channel())) {
            closing = promise;
        } else {
            ctx.close(promise);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        drop();
        if (response != null) {
            response.cancel();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        drop();
    }

    private void take(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            if (ofServer == 0 && DirectForm.fits(request)) {
                head = request;
            } else {
                ofServer++;
                ctx.fireChannelRead(message);
            }
        } else if (message instanceof HttpContent content && head != null) {
            body.add(content);
            if (content instanceof LastHttpContent) {
                answer(ctx, head);
            }
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private void passOn(ChannelHandlerContext ctx, HttpRequest begun) {
        head = null;
        ofServer++;
        ctx.fireChannelRead(begun);
        for (var content : body) {
            ctx.fireChannelRead(content);
        }
        body.clear();
    }

    private void answer(ChannelHandlerContext ctx, HttpRequest request) {
        head = null;
        var asked = new DirectResponse(ctx, request.headers(), () -> over(ctx));
        response = asked;
        answers.answer(request, bytes(), ctx.channel(), asked::write);
    }

    private byte[] bytes() {
        var bytes = new byte
                [body.stream().mapToInt(one -> one.content().readableBytes()).sum()];
        var length = 0;
        for (var content : body) {
            var more = content.content().readableBytes();
            content.content().readBytes(bytes, length, more);
            length += more;
            content.release();
        }
        body.clear();
        return bytes;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the promise is told
    private void over(ChannelHandlerContext ctx) {
        response = null;
        answers.ended();
        if (closing != null) {
            ctx.close(closing);
        } else if (!isCatchingUp) {
            catchUp(ctx);
            readOn(ctx);
        }
    }

    /// In a loop: many queries that are refused at once must not be answered one inside the other.
    private void catchUp(ChannelHandlerContext ctx) {
        isCatchingUp = true;
        while (response == null && !behind.isEmpty()) {
            take(ctx, behind.remove());
        }
        isCatchingUp = false;
        if (head != null && response == null) {
            passOn(ctx, head);
        }
    }

    /// While the server has a request, it reads when it wants.
    private void readOn(ChannelHandlerContext ctx) {
        if (ofServer == 0) {
            ctx.read();
        }
    }

    private void drop() {
        head = null;
        body.forEach(ReferenceCountUtil::release);
        body.clear();
        behind.forEach(ReferenceCountUtil::release);
        behind.clear();
    }

    /// Where queries are answered.
    interface Answers {

        /// @param done called once, on the channel's loop, possibly before this returns
        void answer(HttpRequest request, byte[] body, Channel channel, Consumer<RpcResponse> done);

        /// To be called once for each query, when all of its answer has left or the client has gone.
        void ended();
    }

    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse one && one.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
