package io.streamsync.router.gateway;

import static org.springframework.web.reactive.function.server.RequestPredicates.path;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.market.Market;
import io.streamsync.router.pages.Pages;
import io.streamsync.router.race.LoopWatch;
import io.streamsync.router.race.RacePipeline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
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
@EnableConfigurationProperties(EdgeProperties.class)
class GatewayConfiguration {

    /// A megabyte on a slow line.
    private static final Duration REQUEST = Duration.ofSeconds(10);

    private static final Duration UNREAD = Duration.ofSeconds(30);

    /// Of the market's stream; each may make the router hold some events of a kilobyte.
    private static final int LISTENERS = 500;

    @Bean
    OpenSockets openSockets(EdgeProperties properties) {
        return new OpenSockets(properties.connections());
    }

    @Bean
    EdgeDrain edgeDrain(OpenSockets sockets, EdgeProperties properties, RouterLog log) {
        return new EdgeDrain(sockets, properties.drain(), log);
    }

    @Bean
    EdgeConnections edgeConnections(OpenSockets sockets, LoopWatch loops, EdgeDrain drain) {
        return new EdgeConnections(REQUEST, UNREAD, sockets, loops, drain::isBegun);
    }

    @Bean
    DirectQueries directQueries(RacePipeline pipeline, InstantSource clock, RouterLog log) {
        return new DirectQueries(pipeline, clock, log);
    }

    @Bean
    EdgeServer edgeServer(EdgeConnections connections, DirectQueries direct, List<EdgeRoute> routes) {
        return new EdgeServer(connections, direct, routes);
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
        return route().POST("/v1/quotes", quotes::quote)
                .GET("/v1/market", shown::market)
                .GET("/v1/market/stream", shown::stream)
                .GET("/v1/network", shown::network)
                .build();
    }

    @Bean
    @Order(1)
    RouterFunction<ServerResponse> documentation() {
        return new DocumentationEndpoint().paths();
    }

    @Bean
    @Order(2)
    RouterFunction<ServerResponse> otherMethods() {
        var paths = route();
        OwnPaths.METHODS.forEach(
                (pattern, methods) -> paths.route(path(pattern), request -> notAllowed(request, methods)));
        return paths.build();
    }

    private static Mono<ServerResponse> notAllowed(ServerRequest request, Set<HttpMethod> methods) {
        return Mono.error(() -> new MethodNotAllowedException(request.method(), methods));
    }
}
