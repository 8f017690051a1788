package io.streamsync.router.gateway;

import io.streamsync.router.node.Loop;
import io.streamsync.router.race.RpcRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.netty.Connection;

/// A request of WebFlux's as the race needs it.
final class HttpRpcRequest implements RpcRequest {

    static final String KEY_IN_PATH = "key";

    private static final String KEY_HEADER = "X-API-Key";
    private static final String KEY_PARAMETER = "api-key";
    private static final String BEARER = "Bearer ";

    private final ServerRequest request;
    private final ServerHttpRequest http;
    private final byte[] body;
    private final Loop loop;
    private final boolean hasParameters;
    private final long completeAt = System.nanoTime();
    private final long occurredAt;

    HttpRpcRequest(ServerRequest request, byte[] body, long occurredAt) {
        this.request = request;
        this.http = request.exchange().getRequest();
        this.body = body;
        this.occurredAt = occurredAt;
        this.hasParameters = http.getURI().getRawQuery() != null;
        Connection connection = ServerHttpRequestDecorator.getNativeRequest(http);
        this.loop = Loop.of(connection.channel());
    }

    /// The first of the places where a key may stand (public interfaces, Keys and sign-in).
    @Override
    public @Nullable String key() {
        var authorization = header(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).strip();
        }
        var key = header(KEY_HEADER);
        if (key != null) {
            return key.strip();
        }
        var inPath = request.pathVariables().get(KEY_IN_PATH);
        return inPath != null ? inPath : parameter(KEY_PARAMETER);
    }

    @Override
    public @Nullable String header(String name) {
        return http.getHeaders().getFirst(name);
    }

    @Override
    public @Nullable String parameter(String name) {
        return hasParameters ? http.getQueryParams().getFirst(name) : null;
    }

    @Override
    public byte[] body() {
        return body;
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
