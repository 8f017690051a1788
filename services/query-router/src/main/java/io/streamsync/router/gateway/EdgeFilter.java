package io.streamsync.router.gateway;

import java.util.List;
import java.util.Locale;
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

    private static final String ANY = "*";
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
    private static final String A_DAY = "86400";

    /// A service behind may read these as another path than the one that was routed.
    private static final List<String> AMBIGUOUS =
            List.of("..", "//", "/./", "\\", ";", "%2e", "%2f", "%5c", "%3b", "%25");

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

    private static boolean isAmbiguous(String rawPath) {
        if (rawPath.length() <= 1) {
            return false;
        }
        var path = rawPath.toLowerCase(Locale.ROOT);
        return AMBIGUOUS.stream().anyMatch(path::contains);
    }
}
