package io.streamsync.router.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/// Responses whose bodies come from other threads. Where a server writes shows in who asks whether to compress: it
/// decides at the first byte, and changes the pipeline then.
class OnItsLoopTests {

    private static final String BODY = "part".repeat(10);

    private final Queue<String> writers = new ConcurrentLinkedQueue<>();
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .compress((_, _) -> !writers.add(Thread.currentThread().getName()))
            .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(OnItsLoopTests::answer)
                    .filter(new EdgeFilter())
                    .build()))
            .bindNow();

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/whole", "/parts", "/flushed", "/nothing"})
    void writesOnTheConnectionsOwnLoop(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .build();

        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(request, BodyHandlers.ofString());

            assertThat(response.body()).isEqualTo(path.equals("/nothing") ? "" : BODY);
        }
        assertThat(writers).allSatisfy(writer -> assertThat(writer).startsWith("reactor-http"));
        assertThat(writers.isEmpty()).isEqualTo(path.equals("/nothing"));
    }

    private static Mono<Void> answer(ServerWebExchange exchange) {
        var response = exchange.getResponse();
        var parts = Flux.range(0, 10)
                .<DataBuffer>map(_ -> response.bufferFactory().wrap("part".getBytes(UTF_8)))
                .subscribeOn(Schedulers.boundedElastic());
        return switch (exchange.getRequest().getPath().value()) {
            case "/whole" ->
                response.writeWith(Mono.<DataBuffer>fromCallable(
                                () -> response.bufferFactory().wrap(BODY.getBytes(UTF_8)))
                        .subscribeOn(Schedulers.boundedElastic()));
            case "/parts" -> response.writeWith(parts);
            case "/flushed" -> response.writeAndFlushWith(parts.map(Mono::just));
            default -> Mono.defer(response::setComplete).subscribeOn(Schedulers.boundedElastic());
        };
    }
}
