package io.streamsync.router.gateway;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.market.Market;
import io.streamsync.router.race.SlaTally;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/// The router's own paths beside JSON-RPC; those of the services behind are routes in the configuration.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NetworkProperties.class)
class GatewayConfiguration {

    /// A megabyte on a slow line.
    private static final Duration REQUEST = Duration.ofSeconds(10);

    private static final Duration UNREAD = Duration.ofSeconds(30);

    @Bean
    EdgeConnections edgeConnections() {
        return new EdgeConnections(REQUEST, UNREAD);
    }

    @Bean
    RouterFunction<ServerResponse> routerPaths(
            Market market, SlaTally tally, NetworkProperties network, Parameters parameters) {
        var quotes = new QuoteEndpoint(market, parameters);
        var about = new NetworkEndpoint(network, parameters, market, tally);
        return route().POST("/v1/quotes", quotes::quote)
                .GET("/v1/network", about::network)
                .build();
    }
}
