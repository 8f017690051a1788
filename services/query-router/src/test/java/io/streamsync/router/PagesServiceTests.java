package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What onlookers see at the started router.
class PagesServiceTests extends StartedRouter {

    private static final Map<String, ?> ACTIVITY = Map.of(
            "from",
            "2026-11-21T00:00:00Z",
            "to",
            "2026-11-22T00:00:00Z",
            "classes",
            List.of(Map.of("queryClass", "lookup", "queries", 3_000_000, "charged", "12.000000004")),
            "operators",
            List.of(
                    Map.of("operatorId", "op0", "answered", 60, "earned", "6"),
                    Map.of("operatorId", "op1", "answered", 40, "earned", "4")),
            "sla",
            Map.of("asked", 1000, "met", 990),
            "refunds",
            12);

    @BeforeEach
    void billingTellsWhatItBooked() {
        billing.tellsActivity(ACTIVITY);
        Awaitility.await().until(() -> page("/v1/network").path("refunds").asInt() == 12);
    }

    @Test
    void showsWhatIsSoldForHowMuch() {
        var classes = page("/v1/market").path("classes");

        assertThat(classes.findValuesAsString("queryClass"))
                .containsExactly("lookup", "scan", "archive", "compressed", "submit");
        var lookup = classes.path(0);
        assertThat(lookup.path("asks").asInt()).isEqualTo(5);
        assertThat(lookup.path("best").asString()).isEqualTo("0.000004");
        assertThat(lookup.path("median").asString()).isEqualTo("0.000004");
        assertThat(lookup.path("volume24h").asString()).isEqualTo("12.000000004");
        assertThat(lookup.path("capacity").asInt()).isEqualTo(500);
        assertThat(lookup.path("utilisation").asDouble()).isBetween(0.0, 1.0);
        var compressed = classes.path(3);
        assertThat(compressed.path("asks").asInt()).isEqualTo(2);
        assertThat(compressed.path("best").asString()).isEqualTo("0.000004");
        assertThat(compressed.path("volume24h").asString()).isEqualTo("0");
    }

    @Test
    void showsHowWellTheNetworkDid() {
        var network = page("/v1/network");

        assertThat(network.path("sla").path("asked").asInt()).isEqualTo(1000);
        assertThat(network.path("sla").path("met").asInt()).isEqualTo(990);
        var concentration = network.path("concentration");
        assertThat(concentration.path("of").asString()).isEqualTo("answered");
        assertThat(concentration.path("largestShare").asDouble()).isEqualTo(0.6);
        assertThat(concentration.path("hhi").asDouble()).isEqualTo(0.52);
        assertThat(concentration.path("nakamoto").asInt()).isEqualTo(1);
    }

    @Test
    void keepsWhatBillingSaidLastWhileItIsAway() {
        billing.tellsActivity(null);
        Awaitility.await().during(400, TimeUnit.MILLISECONDS).until(() -> true);

        assertThat(page("/v1/network").path("refunds").asInt()).isEqualTo(12);
    }

    @Test
    void tellsTheMarketAsItChanges() throws IOException, InterruptedException {
        var response =
                http.send(HttpRequest.newBuilder(uri("/v1/market/stream")).build(), BodyHandlers.ofInputStream());

        assertThat(response.headers().firstValue("Content-Type"))
                .get()
                .asString()
                .startsWith("text/event-stream");
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(asks(lines)).isEqualTo(2);
            market.list("indexer9", "index-op9", Map.of("compressed", 5_000L));
            Awaitility.await().until(() -> asks(lines) == 3);
        } finally {
            market.delist("indexer9");
            Awaitility.await()
                    .until(() -> page("/v1/market")
                                    .path("classes")
                                    .path(3)
                                    .path("asks")
                                    .asInt()
                            == 2);
        }
    }

    /// The asks for compressed accounts in the next event.
    private static int asks(BufferedReader lines) {
        var data = CompletableFuture.supplyAsync(() -> lines.lines()
                        .filter(line -> line.startsWith("data:"))
                        .findFirst()
                        .orElseThrow())
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        return JSON.readTree(data.substring("data:".length()))
                .path("classes")
                .path(3)
                .path("asks")
                .asInt();
    }

    private JsonNode page(String path) {
        var response = get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        return JSON.readTree(response.body());
    }
}
