package io.streamsync.router.gateway;

import io.streamsync.router.access.CreditLeases;
import io.streamsync.router.access.Keys;
import io.streamsync.router.publication.ServiceCredential;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/// `POST /internal/credit/wanted`: another router is short of credit that lies here. It is asked for, never taken.
final class WantedCreditEndpoint {

    private final CreditLeases leases;
    private final Keys keys;
    private final ServiceCredential credential;

    WantedCreditEndpoint(CreditLeases leases, Keys keys, ServiceCredential credential) {
        this.leases = leases;
        this.keys = keys;
        this.credential = credential;
    }

    Mono<ServerResponse> wanted(ServerRequest request) {
        if (!credential.isIn(request.headers().firstHeader(HttpHeaders.AUTHORIZATION))) {
            return ServerResponse.status(401).build();
        }
        return request.bodyToMono(Wanted.class).flatMap(wanted -> {
            var holders = wanted.holders();
            if (holders == null || holders.stream().anyMatch(Objects::isNull)) {
                return ServerResponse.badRequest().build();
            }
            holders.forEach(holder -> leases.wanted(holder, keys::spending));
            return ServerResponse.noContent().build();
        });
    }

    /// @param holders accounts, or keys with a daily cap
    record Wanted(@Nullable List<@Nullable String> holders) {}
}
