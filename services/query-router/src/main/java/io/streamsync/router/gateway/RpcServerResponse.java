package io.streamsync.router.gateway;

import io.streamsync.router.race.RpcResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Writes what a request came to, without a codec in between: the bytes are ready.
final class RpcServerResponse implements ServerResponse {

    private static final int OK = 200;

    private final RpcResponse response;

    RpcServerResponse(RpcResponse response) {
        this.response = response;
    }

    @Override
    public HttpStatusCode statusCode() {
        return HttpStatusCode.valueOf(
                switch (response) {
                    case RpcResponse.Single single -> single.status();
                    case RpcResponse.Batch _, RpcResponse.Nothing _ -> OK;
                });
    }

    @Override
    public HttpHeaders headers() {
        return HttpHeaders.EMPTY;
    }

    @Override
    public MultiValueMap<String, ResponseCookie> cookies() {
        return new LinkedMultiValueMap<>();
    }

    @Override
    public Mono<Void> writeTo(ServerWebExchange exchange, Context context) {
        var http = exchange.getResponse();
        http.setStatusCode(statusCode());
        var body = ResponseBytes.of(response, http.bufferFactory());
        RpcHeaders.write(response, body.readableByteCount(), http.getHeaders());
        return http.writeWith(Mono.just(body));
    }
}
