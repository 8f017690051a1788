package io.streamsync.router.gateway;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.streamsync.router.access.CreditLeases;
import io.streamsync.router.access.Keys;
import io.streamsync.router.publication.ServiceCredential;
import io.streamsync.router.race.Payloads;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/// What other services of the installation ask this router, on the management port alone. Named in
/// `META-INF/spring/…ManagementContextConfiguration.imports` and no `@Configuration`: a scan would put it on the edge.
class InternalPaths {

    /// Else the paths of the edge would be served here too: WebFlux finds them in the parent.
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter internalPathsOnly() {
        return (exchange, chain) -> {
            var path = exchange.getRequest().getURI().getRawPath();
            return path.startsWith("/actuator") || path.startsWith("/internal/")
                    ? chain.filter(exchange)
                    : Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND));
        };
    }

    @Bean
    RouterFunction<ServerResponse> internalPaths(
            Payloads payloads, CreditLeases leases, Keys keys, ServiceCredential credential) {
        var races = new PayloadEndpoint(payloads, credential);
        var credit = new WantedCreditEndpoint(leases, keys, credential);
        return route().GET("/internal/races/{raceId}/payload", races::payload)
                .POST("/internal/credit/wanted", credit::wanted)
                .build();
    }
}
