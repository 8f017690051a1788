package io.streamsync.router.gateway;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
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

    private final HttpHeaders headers;
    private final Channel channel;
    private final byte[] body;
    private final Map<String, List<String>> parameters;
    private final long completeAt = System.nanoTime();
    private final long occurredAt;

    HttpRpcRequest(HttpServerRequest request, byte[] body, long occurredAt) {
        this(request.requestHeaders(), request.uri(), ((Connection) request).channel(), body, occurredAt);
    }

    HttpRpcRequest(HttpHeaders headers, String uri, Channel channel, byte[] body, long occurredAt) {
        this.headers = headers;
        this.channel = channel;
        this.body = body;
        this.occurredAt = occurredAt;
        this.parameters = parameters(uri);
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
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
        return Loop.of(channel);
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
    static Map<String, List<String>> parameters(String uri) {
        try {
            return uri.indexOf('?') < 0 ? Map.of() : new QueryStringDecoder(uri).parameters();
        } catch (IllegalArgumentException undecodable) {
            return Map.of();
        }
    }
}
