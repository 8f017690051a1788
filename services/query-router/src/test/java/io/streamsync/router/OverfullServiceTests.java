package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.node.HonestResults;
import io.streamsync.router.race.Balances;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A router that is asked three times as much as it takes: whoever asks little does not notice, whoever asks too much
/// is told to wait, nobody gets anything else, and nothing of it stays.
class OverfullServiceTests extends StartedRouter {

    private static final String HEAVY = "ssk_heavy_0123456789";
    private static final String LIGHT = "ssk_light_0123456789";
    private static final int CAPACITY = 16;

    @Test
    void answersTheLightAndShedsTheHeavy() throws IOException {
        for (var account : List.of("heavy", "light")) {
            owns(account);
        }
        market.key(HEAVY, "heavy", "query", null);
        market.key(LIGHT, "light", "query", null);
        market.allSay(asked -> HonestResults.to(asked).after(Duration.ofMillis(150)));
        try (var router =
                new FurtherRouter(9, "--streamsync.router.race.max-in-flight=" + CAPACITY, "--STREAMSYNC_DRAIN=0s")) {
            for (var key : List.of(HEAVY, LIGHT)) {
                awaitAnswered(router, key);
            }
            var heavy = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (var round = 0; round < 5; round++) {
                for (var i = 0; i < 3 * CAPACITY; i++) {
                    heavy.add(ask(router, HEAVY));
                }
                assertThat(ask(router, LIGHT).join().statusCode()).isEqualTo(200);
                assertThat(rest(router).statusCode()).isEqualTo(200);
                assertThat(elementsRefused(batch(router))).isZero();
            }

            var answers = heavy.stream().map(CompletableFuture::join).toList();
            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200, 429);
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 429).allSatisfy(refused -> {
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                assertThat(error(refused).path("code").asInt()).isEqualTo(-31004);
                assertThat(error(refused).path("data").path("cause").asString()).isEqualTo("OVERLOAD");
            });
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(Balances.of(router.context())).isEqualTo(Balances.NOTHING));
            assertThat(ask(router, HEAVY).join().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void refusesTheElementsOfABatchThatAreTooMany() throws IOException {
        market.allSay(asked -> HonestResults.to(asked).after(Duration.ofMillis(150)));
        owns("bulk");
        market.key("ssk_bulk", "bulk", "query", null);
        try (var router =
                new FurtherRouter(10, "--streamsync.router.race.max-in-flight=" + CAPACITY, "--STREAMSYNC_DRAIN=0s")) {
            awaitAnswered(router, "ssk_bulk");
            var calls = Collections.nCopies(100, call("1", "getBalance", "[\"a\"]"));

            var batch = http.sendAsync(
                            request(router, "ssk_bulk", "/")
                                    .header("X-StreamSync-Max-Latency", "60s")
                                    .POST(BodyPublishers.ofString("[" + String.join(",", calls) + "]"))
                                    .build(),
                            BodyHandlers.ofString())
                    .join();

            assertThat(batch.statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(batch.body()).size()).isEqualTo(100);
            assertThat(elementsRefused(batch)).isEqualTo(100 - CAPACITY);
            assertThat(batch.headers().firstValue("X-StreamSync-Price")).hasValue("0.000064");
        }
    }

    /// Not all at once: the other router leases some of it too.
    private static void owns(String account) {
        billing.owns(account, 5_000_000_000L);
        billing.grantsAtMost(account, 10_000_000L);
    }

    /// Once the key has come and credit is leased.
    private static void awaitAnswered(FurtherRouter router, String key) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(ask(router, key).join().body()).contains("\"result\""));
    }

    private static CompletableFuture<HttpResponse<String>> ask(FurtherRouter router, String key) {
        return http.sendAsync(
                request(router, key, "/")
                        .POST(BodyPublishers.ofString(call("1", "getBalance", "[\"a\"]")))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> rest(FurtherRouter router) {
        return send(request(router, LIGHT, "/v1/solana/accounts/11111111111111111111111111111111/balance"));
    }

    private static HttpResponse<String> batch(FurtherRouter router) {
        var calls = Collections.nCopies(2, call("1", "getBalance", "[\"a\"]"));
        return send(request(router, LIGHT, "/").POST(BodyPublishers.ofString("[" + String.join(",", calls) + "]")));
    }

    private static long elementsRefused(HttpResponse<String> batch) {
        return JSON.readTree(batch.body())
                .valueStream()
                .filter(element -> element.path("error").path("code").asInt() == -31004)
                .count();
    }

    private static HttpRequest.Builder request(FurtherRouter router, String key, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + router.port() + path))
                .header("X-API-Key", key);
    }
}
