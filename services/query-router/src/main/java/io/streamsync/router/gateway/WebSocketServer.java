package io.streamsync.router.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.streamsync.router.pubsub.PubSub;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.SmartLifecycle;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// The port of WebSockets alone, at any path. Clients leave before the edge waits for its last requests.
final class WebSocketServer implements SmartLifecycle {

    /// Stops after the edge's drain and before Boot's servers, which are at most at the default phase less 1024.
    private static final int PHASE = DEFAULT_PHASE - 512;

    /// For everybody to be told.
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final WebSocketEdge edge;
    private final PubSub pubSub;
    private final EdgeConnections connections;
    private final InetSocketAddress address;
    private volatile @Nullable DisposableServer server;

    WebSocketServer(WebSocketEdge edge, PubSub pubSub, EdgeConnections connections, InetSocketAddress address) {
        this.edge = edge;
        this.pubSub = pubSub;
        this.connections = connections;
        this.address = address;
    }

    @Override
    public void start() {
        try {
            server = connections
                    .apply(HttpServer.create())
                    .bindAddress(() -> address)
                    .handle(this::answer)
                    .bindNow();
        } catch (ChannelBindException inUse) {
            throw new PortInUseException(address.getPort(), inUse);
        }
    }

    @Override
    public void stop() {
        pubSub.close(FAREWELL);
        if (server != null) {
            server.disposeNow();
            server = null;
        }
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /// Where it listens, if it was left to the system.
    int port() {
        return server == null ? address.getPort() : server.port();
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        return WebSocketEdge.isAskedFor(request)
                ? edge.answer(request, response)
                : response.status(HttpResponseStatus.UPGRADE_REQUIRED)
                        .header(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                        .header(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                        .send();
    }
}
