package io.streamsync.router.gateway;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
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

    static final String ANY = "*";
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
    private static final String A_DAY = "86400";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        if (isAmbiguous(request.getURI().getRawPath())) {
            return Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND));
        }
        if (request.getHeaders().getFirst(HttpHeaders.ORIGIN) == null) {
            return chain.filter(exchange);
        }
        var headers = exchange.getResponse().getHeaders();
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
        headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, RpcHeaders.EXPOSED);
        return HttpMethod.OPTIONS.equals(request.getMethod()) ? preflight(exchange) : chain.filter(exchange);
    }

    private static Mono<Void> preflight(ServerWebExchange exchange) {
        var response = exchange.getResponse();
        var wanted = exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        response.setStatusCode(HttpStatus.NO_CONTENT);
        response.getHeaders().set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        response.getHeaders().set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, A_DAY);
        if (wanted != null) {
            response.getHeaders().set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, wanted);
        }
        return response.setComplete();
    }

    /// Whether there is a dot segment, an empty one, or a sign that could hide one; none of our paths or keys has any.
    private static boolean isAmbiguous(String rawPath) {
        for (var i = 0; i < rawPath.length(); i++) {
            var c = rawPath.charAt(i);
            var afterSlash = i > 0 && rawPath.charAt(i - 1) == '/';
            if (c == '%' || c == ';' || c == '\\' || (afterSlash && (c == '.' || c == '/'))) {
                return true;
            }
        }
        return false;
    }
}
