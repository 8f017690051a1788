package io.streamsync.router.gateway;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.streamsync.router.publication.ServiceCredential;
import io.streamsync.router.race.Payloads;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/// What other services of the installation ask this router, on the management port alone. Named in
/// `META-INF/spring/…ManagementContextConfiguration.imports` and no `@Configuration`: a scan would put it on the edge.
class InternalPaths {

    @Bean
    RouterFunction<ServerResponse> internalPaths(Payloads payloads, ServiceCredential credential) {
        var races = new PayloadEndpoint(payloads, credential);
        return route().GET("/internal/races/{raceId}/payload", races::payload).build();
    }
}
