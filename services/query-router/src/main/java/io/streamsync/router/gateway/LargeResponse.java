package io.streamsync.router.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
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
        var packed = AcceptedEncoding.isGzip(request);
        var headers = response.responseHeaders();
        headers.set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
        if (packed) {
            // here and not by the server, which would pack on the loop
            headers.set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
        }
        var channel = ((Connection) request).channel();
        return response.send(new ClientOutlet(channel, answer, new Dressing(head, tail, packed)))
                .then();
    }
}
