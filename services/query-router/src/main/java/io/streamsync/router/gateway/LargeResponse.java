package io.streamsync.router.gateway;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.streamsync.router.flow.Dressing;
import io.streamsync.router.flow.LargeAnswer;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// The response to a query whose answer is still on its way. Its length is not known before its end.
final class LargeResponse {

    private LargeResponse() {}

    /// @param head before the result
    /// @param tail behind it
    static Mono<Void> write(
            LargeAnswer answer, byte[] head, byte[] tail, HttpServerRequest request, HttpServerResponse response) {
        var outlet = outlet(
                answer,
                head,
                tail,
                request.requestHeaders(),
                response.responseHeaders(),
                ((Connection) request).channel());
        return response.send(outlet).then();
    }

    /// Sets the headers for it, too.
    static ClientOutlet outlet(
            LargeAnswer answer, byte[] head, byte[] tail, HttpHeaders request, HttpHeaders response, Channel channel) {
        var packed = AcceptedEncoding.isGzip(request.get(HttpHeaderNames.ACCEPT_ENCODING));
        response.set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
        if (packed) {
            // here and not by the server, which would pack on the loop
            response.set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
        }
        return new ClientOutlet(channel, answer, new Dressing(head, tail, packed));
    }
}
