package io.streamsync.router.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.streamsync.router.node.Loop;
import io.streamsync.router.race.RpcRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/// A request of the server's as the race needs it.
final class HttpRpcRequest implements RpcRequest {

    private static final String KEY_HEADER = "X-API-Key";
    private static final String KEY_PARAMETER = "api-key";
    private static final String BEARER = "Bearer ";

    private final HttpServerRequest request;
    private final byte[] body;
    private final Map<String, List<String>> parameters;
    private final long completeAt = System.nanoTime();
    private final long occurredAt;

    HttpRpcRequest(HttpServerRequest request, byte[] body, long occurredAt) {
        this.request = request;
        this.body = body;
        this.occurredAt = occurredAt;
        this.parameters = request.uri().indexOf('?') < 0 ? Map.of() : parameters(request.uri());
    }

    /// The first of the places where a key may stand (public interfaces, Keys and sign-in).
    @Override
    public @Nullable String key() {
        var authorization = request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).strip();
        }
        var key = header(KEY_HEADER);
        if (key != null) {
            return key.strip();
        }
        var inPath = RpcPath.key(request.uri());
        return inPath != null ? inPath : parameter(KEY_PARAMETER);
    }

    @Override
    public @Nullable String header(String name) {
        return request.requestHeaders().get(name);
    }

    @Override
    public @Nullable String parameter(String name) {
        var values = parameters.get(name);
        return values == null ? null : values.getFirst();
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public Loop loop() {
        return Loop.of(((Connection) request).channel());
    }

    @Override
    public long completeAt() {
        return completeAt;
    }

    @Override
    public long occurredAt() {
        return occurredAt;
    }

    /// What cannot be decoded stands for nothing.
    private static Map<String, List<String>> parameters(String uri) {
        try {
            return new QueryStringDecoder(uri).parameters();
        } catch (IllegalArgumentException undecodable) {
            return Map.of();
        }
    }
}
