package io.streamsync.router.gateway;

import io.streamsync.router.publication.ServiceCredential;
import io.streamsync.router.race.Payloads;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/// `GET /internal/races/{raceId}/payload`: what was asked and said in a race, for billing, which knows who may read it.
final class PayloadEndpoint {

    private final Payloads payloads;
    private final ServiceCredential credential;

    PayloadEndpoint(Payloads payloads, ServiceCredential credential) {
        this.payloads = payloads;
        this.credential = credential;
    }

    Mono<ServerResponse> payload(ServerRequest request) {
        if (!credential.isIn(request.headers().firstHeader(HttpHeaders.AUTHORIZATION))) {
            return ServerResponse.status(401).build();
        }
        return payloads.find(request.pathVariable("raceId"))
                .map(json -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(json))
                .orElseGet(() -> ServerResponse.notFound().build());
    }
}
