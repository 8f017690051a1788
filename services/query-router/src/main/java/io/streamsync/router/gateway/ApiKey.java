package io.streamsync.router.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/// Where a request may carry its key (public interfaces, Keys and sign-in): always in its head.
final class ApiKey {

    private static final String HEADER = "X-API-Key";
    private static final String PARAMETER = "api-key";
    private static final String BEARER = "Bearer ";

    private ApiKey() {}

    /// The key in the first of the places; null where there is none.
    static @Nullable String of(HttpServerRequest request) {
        return of(request.requestHeaders(), request.uri());
    }

    static @Nullable String of(HttpHeaders headers, String uri) {
        var authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).strip();
        }
        var key = headers.get(HEADER);
        if (key != null) {
            return key.strip();
        }
        var inPath = RpcPath.key(uri);
        return inPath != null ? inPath : parameter(uri);
    }

    private static @Nullable String parameter(String uri) {
        var values = HttpRpcRequest.parameters(uri).get(PARAMETER);
        return values == null ? null : values.getFirst();
    }
}
