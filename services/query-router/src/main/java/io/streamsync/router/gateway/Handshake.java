package io.streamsync.router.gateway;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.streamsync.router.node.Loop;
import io.streamsync.router.race.RpcRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/// What a client said when it asked for a WebSocket, for as long as that lasts.
final class Handshake implements RpcRequest {

    private static final String WISHES = "x-streamsync-";
    private static final byte[] NOTHING = {};

    private final HttpHeaders wishes = new DefaultHttpHeaders();
    private final Map<String, List<String>> parameters;
    private final Loop loop;
    private final long completeAt = System.nanoTime();
    private final long occurredAt = System.currentTimeMillis();

    Handshake(HttpServerRequest request) {
        this.parameters = HttpRpcRequest.parameters(request.uri());
        this.loop = Loop.of(((Connection) request).channel());
        for (var header : request.requestHeaders()) {
            if (header.getKey().regionMatches(true, 0, WISHES, 0, WISHES.length())) {
                wishes.add(header.getKey(), header.getValue());
            }
        }
    }

    @Override
    public @Nullable String header(String name) {
        return wishes.get(name);
    }

    @Override
    public @Nullable String parameter(String name) {
        var values = parameters.get(name);
        return values == null ? null : values.getFirst();
    }

    @Override
    public byte[] body() {
        return NOTHING;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public long completeAt() {
        return completeAt;
    }

    @Override
    public long occurredAt() {
        return occurredAt;
    }
}
