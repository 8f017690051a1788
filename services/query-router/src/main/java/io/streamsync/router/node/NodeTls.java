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
        var handler = context.newHandler(channel.alloc(), endpoint.host(), endpoint.port());
        handler.setHandshakeTimeout(limits.timeoutNanos(), TimeUnit.NANOSECONDS);
        return handler;
    }
}
