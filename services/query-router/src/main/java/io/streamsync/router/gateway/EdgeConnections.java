package io.streamsync.router.gateway;

import java.time.Duration;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.http.server.HttpServer;

/// How long a client may keep what it occupies here: a request that does not come whole in time is given up, and so is
/// a client that does not read its answer.
///
/// @param request from a request's head to its last byte, and between two reads of it
/// @param unread without a byte of the answer leaving
record EdgeConnections(Duration request, Duration unread) implements NettyServerCustomizer {

    @Override
    public HttpServer apply(HttpServer server) {
        return server.requestTimeout(request)
                .readTimeout(request)
                .doOnChannelInit((_, channel, _) -> channel.pipeline().addFirst(new UnreadAnswers(unread.toNanos())));
    }
}
