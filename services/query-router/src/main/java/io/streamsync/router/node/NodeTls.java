package io.streamsync.router.node;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/// TLS to nodes: the certificate must be trusted and name the endpoint's host, whatever address was connected to.
record NodeTls(SslContext context) {

    static NodeTls trustingTheSystem() {
        try {
            return new NodeTls(SslContextBuilder.forClient()
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build());
        } catch (SSLException e) {
            throw new IllegalStateException("no TLS on this machine", e);
        }
    }

    SslHandler handler(Channel channel, NodeEndpoint endpoint, NodeLimits limits) {
        return handler(channel, endpoint.host(), endpoint.port(), limits.timeoutNanos());
    }

    SslHandler handler(Channel channel, String host, int port, long timeoutNanos) {
        var handler = context.newHandler(channel.alloc(), host, port);
        handler.setHandshakeTimeout(timeoutNanos, TimeUnit.NANOSECONDS);
        return handler;
    }
}
