package io.streamsync.router.gateway;

import io.streamsync.router.pages.Pages;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/// The public pages, once and as they change.
final class PagesEndpoint {

    private final Pages pages;
    private final MarketStream stream;

    PagesEndpoint(Pages pages, MarketStream stream) {
        this.pages = pages;
        this.stream = stream;
    }

    Mono<ServerResponse> market(ServerRequest request) {
        return page(pages.market());
    }

    Mono<ServerResponse> network(ServerRequest request) {
        return page(pages.network());
    }

    Mono<ServerResponse> stream(ServerRequest request) {
        var events = stream.listen();
        if (events == null) {
            return Mono.error(() -> new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE));
        }
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(BodyInserters.fromServerSentEvents(events));
    }

    private static Mono<ServerResponse> page(Object page) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(page);
    }
}
