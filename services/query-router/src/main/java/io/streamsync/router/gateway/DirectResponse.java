package io.streamsync.router.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.streamsync.router.flow.LargeAnswer;
import io.streamsync.router.race.RpcResponse;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// The response to one query that is answered in front of the server: whole, or long and still on its way.
@SuppressWarnings("FutureReturnValueIgnored") // what a write came to, the channel tells by its events
final class DirectResponse implements Subscriber<ByteBuf> {

    /// The names are constants.
    private static final HttpHeadersFactory HEADERS =
            DefaultHttpHeadersFactory.headersFactory().withNameValidation(false);

    private final ChannelHandlerContext ctx;
    private final HttpHeaders request;
    private final Runnable over;
    private boolean begun;
    private @Nullable RpcResponse flowing;
    private @Nullable Subscription rest;

    /// @param over called once, when everything has left or nobody reads it any more
    DirectResponse(ChannelHandlerContext ctx, HttpHeaders request, Runnable over) {
        this.ctx = ctx;
        this.request = request;
        this.over = over;
    }

    /// The first that is said counts.
    void write(RpcResponse rpc) {
        if (begun) {
            rpc.written();
            return;
        }
        begun = true;
        if (!ctx.channel().isActive()) {
            rpc.written();
            over.run();
        } else if (rpc instanceof RpcResponse.Single single && single.rest() != null) {
            begin(single, single.rest());
        } else {
            writeWhole(rpc);
        }
    }

    /// The client has gone.
    void cancel() {
        if (rest != null) {
            rest.cancel();
            end();
        }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        rest = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuf piece) {
        ctx.writeAndFlush(new DefaultHttpContent(piece));
    }

    @Override
    public void onError(Throwable failure) {
        ctx.close();
    }

    @Override
    public void onComplete() {
        ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(_ -> end());
    }

    private void writeWhole(RpcResponse rpc) {
        var plain = ResponseBytes.of(rpc, ctx.alloc());
        var isPacked = PackedResponse.isWorthIt(plain)
                && AcceptedEncoding.isGzip(request.get(HttpHeaderNames.ACCEPT_ENCODING));
        var content = isPacked ? PackedResponse.of(plain, ctx.alloc()) : plain;
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(rpc.status()),
                content,
                HEADERS,
                DefaultHttpHeadersFactory.trailersFactory());
        RpcHeaders.write(rpc, content.readableBytes(), response.headers());
        if (isPacked) {
            response.headers().set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
            response.headers().set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
        }
        Cors.allow(request, response.headers());
        ctx.writeAndFlush(response).addListener(_ -> {
            rpc.written();
            over.run();
        });
    }

    private void begin(RpcResponse.Single single, LargeAnswer answer) {
        flowing = single;
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(single.status()));
        RpcHeaders.large(single, response.headers());
        Cors.allow(request, response.headers());
        response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        var around = single.response();
        var outlet =
                LargeResponse.outlet(answer, around.head(), around.tail(), request, response.headers(), ctx.channel());
        ctx.write(response);
        outlet.subscribe(this);
    }

    private void end() {
        if (flowing != null) {
            flowing.written();
            flowing = null;
            over.run();
        }
    }
}
