package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Whoever looks on sees the market change.
class MarketStreamTests {

    private final Market market = Market.running();

    @Test
    void tellsTheMarketAsServerSentEvents() throws Exception {
        var request = HttpRequest.newBuilder(market.api().url().resolve("/v1/market/stream"))
                .timeout(Duration.ofSeconds(10))
                .build();

        try (var http = HttpClient.newHttpClient()) {
            var stream = http.send(request, BodyHandlers.ofLines());
            assertThat(stream.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            try (var lines = stream.body()) {
                var event = lines.dropWhile(line -> !line.startsWith("event:"))
                        .limit(2)
                        .toList();

                assertThat(event.getFirst()).matches("event: ?market");
                assertThat(JsonMapper.shared()
                                .readTree(event.getLast().substring("data:".length()))
                                .at("/classes/0/queryClass")
                                .asString())
                        .isEqualTo("lookup");
            }
            http.shutdownNow();
        }
    }
}
