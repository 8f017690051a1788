package io.streamsync.router.gateway;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.market.Market;
import io.streamsync.router.race.RacePipeline;
import io.streamsync.router.race.SlaTally;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/// The router's own paths; those of the services behind are routes in the configuration.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NetworkProperties.class)
class GatewayConfiguration {

    @Bean
    RouterFunction<ServerResponse> routerPaths(
            RacePipeline pipeline,
            Market market,
            SlaTally tally,
            NetworkProperties network,
            Parameters parameters,
            InstantSource clock,
            RouterLog log) {
        var rpc = new RpcEndpoint(pipeline, clock, log);
        var quotes = new QuoteEndpoint(market, parameters);
        var about = new NetworkEndpoint(network, parameters, market, tally);
        return route().POST("/", rpc::answer)
                .POST("/v1/rpc", rpc::answer)
                .POST("/v1/rpc/{" + HttpRpcRequest.KEY_IN_PATH + "}", rpc::answer)
                .POST("/v1/quotes", quotes::quote)
                .GET("/v1/network", about::network)
                .build();
    }
}
