package io.streamsync.router.gateway;

import static org.springframework.web.reactive.function.server.RequestPredicates.path;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.market.Market;
import io.streamsync.router.pages.Pages;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.MethodNotAllowedException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// The router's own paths beside the queries; those of the services behind are routes in the configuration.
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

    /// A megabyte on a slow line.
    private static final Duration REQUEST = Duration.ofSeconds(10);

    private static final Duration UNREAD = Duration.ofSeconds(30);

    /// Of the market's stream; each may make the router hold some events of a kilobyte.
    private static final int LISTENERS = 500;

    private static final Set<HttpMethod> GET = Set.of(HttpMethod.GET);
    private static final Set<HttpMethod> POST = Set.of(HttpMethod.POST);

    /// What is served here, in front of WebFlux or by it, with another method.
    private static final Map<String, Set<HttpMethod>> ALLOWED = Map.ofEntries(
            Map.entry("/", Set.of(HttpMethod.GET, HttpMethod.POST)),
            Map.entry("/v1/rpc", POST),
            Map.entry("/v1/rpc/{key:[A-Za-z0-9_-]+}", POST),
            Map.entry("/v1/quotes", POST),
            Map.entry("/v1/market", GET),
            Map.entry("/v1/market/stream", GET),
            Map.entry("/v1/network", GET),
            Map.entry("/v1/solana/accounts/{address}", GET),
            Map.entry("/v1/solana/accounts/{address}/{aspect:balance|tokens|transactions}", GET),
            Map.entry("/v1/solana/transactions/{signature}", GET),
            Map.entry("/v1/solana/blocks/{slot}", GET),
            Map.entry("/v1/solana/compressed-accounts/{hashOrAddress}", GET));

    @Bean
    EdgeConnections edgeConnections() {
        return new EdgeConnections(REQUEST, UNREAD);
    }

    @Bean
    MarketStream marketStream(Pages pages, JsonMapper json) {
        return new MarketStream(pages::market, json, System::nanoTime, LISTENERS);
    }

    @Bean
    @Order(0)
    RouterFunction<ServerResponse> routerPaths(Market market, Pages pages, MarketStream stream, Parameters parameters) {
        var quotes = new QuoteEndpoint(market, parameters);
        var shown = new PagesEndpoint(pages, stream);
        return route().GET(
                        "/",
                        _ -> ServerResponse.temporaryRedirect(URI.create("/docs"))
                                .build())
                .POST("/v1/quotes", quotes::quote)
                .GET("/v1/market", shown::market)
                .GET("/v1/market/stream", shown::stream)
                .GET("/v1/network", shown::network)
                .build();
    }

    @Bean
    @Order(1)
    RouterFunction<ServerResponse> otherMethods() {
        var paths = route();
        ALLOWED.forEach((pattern, methods) -> paths.route(path(pattern), request -> notAllowed(request, methods)));
        return paths.build();
    }

    private static Mono<ServerResponse> notAllowed(ServerRequest request, Set<HttpMethod> methods) {
        return Mono.error(() -> new MethodNotAllowedException(request.method(), methods));
    }
}
