package io.streamsync.router.gateway;

import io.netty.channel.Channel;
import io.streamsync.router.race.LoopWatch;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/// Whom the servers take, how long a client may keep what it occupies here, and what its bytes pass first. A request
/// that does not come whole in time is given up, and so is a client that does not read its answer.
///
/// @param request for a request's head, from its head to its last byte, between two reads of it, and for a client whose
/// connection ends to stop sending
/// @param unread without a byte of the answer leaving
/// @param leaving whether this router's clients should connect elsewhere
record EdgeConnections(
        Duration request, Duration unread, OpenSockets sockets, LoopWatch loops, BooleanSupplier leaving) {

    private static final int LARGEST_HEAD = 16 * 1024;

    HttpServer apply(HttpServer server) {
        return server.requestTimeout(request)
                .readTimeout(request)
                .httpRequestDecoder(
                        decoder -> decoder.maxHeaderSize(LARGEST_HEAD).maxInitialLineLength(LARGEST_HEAD))
                .doOnChannelInit((_, channel, remote) -> begin(channel, remote));
    }

    private void begin(Channel channel, @Nullable SocketAddress remote) {
        var from = remote == null ? channel.remoteAddress() : remote;
        if (!sockets.enter(from)) {
            channel.unsafe().closeForcibly();
            return;
        }
        var _ = channel.closeFuture().addListener(_ -> sockets.leave(from));
        loops.watch(channel.eventLoop());
        var requests = new EdgeRequests(request.toNanos(), leaving);
        channel.pipeline()
                .addFirst(requests.clock())
                .addFirst(requests.ending())
                .addFirst(new UnreadAnswers(unread.toNanos()))
                .addAfter(NettyPipeline.HttpCodec, EdgeRequests.class.getName(), requests);
    }
}
