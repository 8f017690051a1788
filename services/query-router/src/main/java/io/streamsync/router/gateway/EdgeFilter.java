package io.streamsync.router.gateway;

import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// What holds for every request at the edge: any page may call it, and no path reaches past the routes.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class EdgeFilter implements WebFilter {

    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
    private static final String A_DAY = "86400";
    private static final List<String> CORS = List.of(
            HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN,
            HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS,
            HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
            HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS,
            HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
            HttpHeaders.ACCESS_CONTROL_MAX_AGE);

    @Override
    public Mono<Void> filter(ServerWebExchange arrived, WebFilterChain chain) {
        var exchange = OnItsLoop.exchange(arrived);
        var request = exchange.getRequest();
        var origin = request.getHeaders().containsHeader(HttpHeaders.ORIGIN);
        if (origin && isPreflight(request)) {
            return preflight(exchange);
        }
        // at the last moment: what a service behind says of origins must not stand beside it
        exchange.getResponse().beforeCommit(() -> {
            allow(exchange.getResponse().getHeaders(), origin);
            return Mono.empty();
        });
        var path = PathForm.of(request.getURI().getRawPath());
        return path == null
                ? Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND))
                : chain.filter(at(path, exchange));
    }

    private static void allow(HttpHeaders response, boolean origin) {
        CORS.forEach(response::remove);
        if (origin) {
            response.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, Cors.ANY);
            response.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, Cors.EXPOSED);
        }
    }

    private static boolean isPreflight(ServerHttpRequest request) {
        return HttpMethod.OPTIONS.equals(request.getMethod())
                && request.getHeaders().containsHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }

    private static Mono<Void> preflight(ServerWebExchange exchange) {
        var response = exchange.getResponse();
        var wanted = exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        response.setStatusCode(HttpStatus.NO_CONTENT);
        var headers = response.getHeaders();
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, Cors.ANY);
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, A_DAY);
        if (wanted != null) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, wanted);
        }
        return response.setComplete();
    }

    private static ServerWebExchange at(String path, ServerWebExchange exchange) {
        return path.equals(exchange.getRequest().getURI().getRawPath())
                ? exchange
                : exchange.mutate().request(request -> request.path(path)).build();
    }
}
