package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.router.node.HonestResults;
import io.streamsync.router.node.ScriptedNode.Asked;
import io.streamsync.router.node.ScriptedNode.Said;
import io.streamsync.router.submission.Transactions;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Races as the started router runs them, beyond what customers see of them.
class RaceServiceTests extends StartedRouter {

    private static final String WRITER = "ssk_writer_0123456789";
    private static final String HELD = "ssk_held_0123456789";
    private static final String WAITING = "ssk_waiting_0123456789";
    private static final String CAREFREE = "ssk_carefree_012345678";
    private static final String CAREFUL = "ssk_careful_0123456789";
    private static final String BALANCE = call("1", "getBalance", "[\"a\"]");

    @Test
    void keepsWhatWasAskedAndSaidForBilling() {
        var race = race(rpc(RICH, call("\"my id\"", "getBalance", "[\"kept\"]")));

        var payload =
                Awaitility.await().until(() -> payload(race, "test-token"), response -> response.statusCode() == 200);

        var json = JSON.readTree(payload.body());
        assertThat(json.path("request").toString())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"my id\",\"method\":\"getBalance\",\"params\":[\"kept\"]}");
        assertThat(json.path("answers").size()).isEqualTo(5);
        assertThat(json.path("answers").path(0).path("operatorId").asString()).startsWith("op");
        assertThat(json.path("answers").path(0).path("answer").toString())
                .isEqualTo("{\"context\":{\"slot\":90},\"value\":7}");
    }

    @Test
    void showsPrivatePartsToServicesAloneAndNeverAtTheEdge() {
        var race = race(balance(RICH));
        Awaitility.await().until(() -> payload(race, "test-token").statusCode() == 200);

        assertThat(payload(race, null).statusCode()).isEqualTo(401);
        assertThat(payload(race, "another").statusCode()).isEqualTo(401);
        assertThat(payload(UUID.randomUUID().toString().replace("-", ""), "test-token")
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("/internal/races/" + race + "/payload").statusCode()).isEqualTo(404);
    }

    /// Half of the two seconds within which a customer sees a refund; billing's tests are about the other half.
    @Test
    void sendsAVerdictWithinASecond() {
        var races = IntStream.range(0, 9).mapToObj(_ -> race(balance(RICH))).toList();

        var delays = races.stream().map(stream::sentAfterVerdict).sorted().toList();

        assertThat(delays.get(delays.size() / 2)).as("median of " + delays).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void probesEveryNodeAndTellsReputation() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(market.nodes())
                        .allSatisfy(node -> assertThat(node.probed()).isNotEmpty()));
        try (var probes = new ProbesTopic()) {
            var told = probes.first(probe -> probe.nodeId().equals("node3")
                    && probe.prober().equals("router:" + ROUTER)
                    && probe.answered()
                    && Long.valueOf(90).equals(probe.slot()));

            assertThat(told.operatorId()).isEqualTo("op3");
            var latency = Objects.requireNonNull(told.latencyMicros());
            assertThat(latency).isPositive();
            var asked = told.occurredAt().minus(latency, ChronoUnit.MICROS);
            assertThat(told.round())
                    .as("that of its question, whenever its answer came")
                    .isBetween(
                            asked.minusMillis(500).toEpochMilli() / 10_000,
                            told.occurredAt().toEpochMilli() / 10_000);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {70, 5_000_000})
    void takesNoAnswerWithASlotThatIsNotPlausible(long slot) {
        market.allSay(at(90, 7).after(Duration.ofMillis(40)));
        market.node(0).says(_ -> at(slot, 666));

        var response = balance(RICH);

        assertThat(response.body()).contains("\"value\":7");
        assertThat(stream.verified(race(response)).results())
                .filteredOn(result -> result.nodeId().value().equals("node0"))
                .allSatisfy(result -> {
                    assertThat(result.outcome()).isEqualTo(PlaceOutcome.FAILURE);
                    assertThat(result.counts()).isTrue();
                });
    }

    @Test
    void neverGoesBackInASession() {
        awaitKey(WRITER, "writer");
        market.allSay(at(91, 2));
        assertThat(rpc(WRITER, BALANCE).headers().firstValue("X-StreamSync-Slot"))
                .hasValue("91");
        market.allSay(at(90, 1));
        market.node(3).says(_ -> at(91, 2).after(Duration.ofMillis(60)));

        for (var i = 0; i < 10; i++) {
            assertThat(rpc(WRITER, BALANCE).body()).contains("\"value\":2");
        }
        assertThat(stream.answered(race(rpc(WRITER, BALANCE))).race().minSlot()).isEqualTo(91);
    }

    @Test
    void holdsNodesThatAreJustBehindWhatTheKeyHasSeen() {
        awaitKey(HELD, "held");
        market.allSay(at(91, 2));
        rpc(HELD, BALANCE);
        awaitNobodyAsked();
        var asked = new AtomicInteger();
        market.allSay(_ -> asked.incrementAndGet() <= 5 ? at(90, 1) : at(91, 2));

        var response = rpc(HELD, BALANCE);

        assertThat(response.body()).contains("\"value\":2");
        assertThat(response.headers().firstValue("X-StreamSync-Sla")).hasValue("none");
        assertThat(response.headers().firstValue("X-StreamSync-Price")).hasValue("0.000004");
        assertThat(stream.verified(race(response)).results()).noneMatch(Result::counts);
    }

    @Test
    void readsAtASurerCommitmentFromWhereThatHasGot() {
        awaitKey(CAREFUL, "careful");
        market.allSay(at(93, 2));
        rpc(CAREFUL, call("1", "getBalance", "[\"a\",{\"commitment\":\"confirmed\"}]"));
        market.allSay(at(90, 1));

        assertThat(rpc(CAREFUL, BALANCE).body()).contains("\"value\":1");
        assertThat(rpc(CAREFUL, call("1", "getBalance", "[\"a\",{\"commitment\":\"processed\"}]"))
                        .statusCode())
                .isEqualTo(504);
    }

    @Test
    void failsForFreeWhenNobodyGetsToTheWantedSlot() {
        Awaitility.await()
                .until(() ->
                        market.nodes().stream().noneMatch(node -> node.probed().isEmpty()));
        var before = market.asked();

        var response = rpc(RICH, BALANCE, "X-StreamSync-Min-Slot", "100000");

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(error(response).path("data").path("cause").asString()).isEqualTo("MIN_SLOT");
        assertThat(error(response).path("data").path("highestSlot").asLong()).isBetween(90L, 100_000L);
        assertThat(market.asked()).isEqualTo(before);
    }

    @Test
    void asksNobodyForAContextThatIsFarAway() {
        Awaitility.await()
                .until(() ->
                        market.nodes().stream().noneMatch(node -> node.probed().isEmpty()));
        var before = market.asked();

        var response = rpc(RICH, call("1", "getBalance", "[\"a\",{\"minContextSlot\":100000}]"));

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(market.asked()).isEqualTo(before);
    }

    @Test
    void holdsOnceWhoeverSaysThatItIsBehindTheContext() {
        awaitKey(WAITING, "waiting");
        awaitNobodyAsked();
        var behind = Said.error("{\"code\":-32016,\"message\":\"Minimum context slot has not been reached\","
                + "\"data\":{\"contextSlot\":90}}");
        var asked = new AtomicInteger();
        market.allSay(_ -> asked.incrementAndGet() <= 5 ? behind : at(91, 2));

        var response = rpc(WAITING, call("1", "getBalance", "[\"a\",{\"minContextSlot\":91}]"));

        assertThat(response.body()).contains("\"value\":2");
    }

    /// Whoever is asked again promises no time: nobody gets rid of its promise by being behind what nobody asked for.
    @Test
    void holdsNobodyWhoIsBehindANeedThatThereIsNot() {
        awaitKey(CAREFREE, "carefree");
        awaitNobodyAsked();
        var behind = Said.error("{\"code\":-32016,\"message\":\"Minimum context slot has not been reached\","
                + "\"data\":{\"contextSlot\":90}}");
        var asked = new AtomicInteger();
        market.allSay(_ -> asked.incrementAndGet() <= 5 ? behind : at(91, 2));

        var response = rpc(CAREFREE, BALANCE);

        assertThat(error(response).path("code").asInt()).isEqualTo(-32016);
        assertThat(response.headers().firstValue("X-StreamSync-Sla")).isNotEqualTo(Optional.of("none"));
    }

    @Test
    void asksFewForWhatNobodyHasYet() {
        market.allSay(Said.error(-32004, "Block not available for slot 99"));
        var before = market.asked();

        var response = rpc(RICH, call("1", "getBlock", "[99]"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(error(response).path("code").asInt()).isEqualTo(-32004);
        assertThat(market.asked()).isEqualTo(before + 8);
    }

    /// One node that has it is enough, however many say that it was skipped.
    @ParameterizedTest
    @ValueSource(ints = {-32007, -32009})
    void deliversTheTransactionThatOthersCallSkipped(int code) {
        market.allSay(Said.error(code, "Slot 7 was skipped, or missing in long-term storage"));
        market.node(0)
                .says(_ -> Said.result("{\"slot\":7,\"meta\":null,\"transaction\":[\"\",\"base64\"]}")
                        .after(Duration.ofMillis(50)));
        market.node(1)
                .says(_ -> Said.result("{\"slot\":7,\"meta\":null,\"transaction\":[\"\",\"base64\"]}")
                        .after(Duration.ofMillis(50)));

        promptly().until(() -> {
            var response = rpc(RICH, call("1", "getTransaction", "[\"a\"]"));
            var delivered = response.body().contains("\"result\"");
            if (!delivered) {
                assertThat(error(response).path("code").asInt()).isEqualTo(code);
            }
            return delivered;
        });
    }

    @Test
    void takesNoAnswerFromAnotherChain() {
        market.allSay(asked -> HonestResults.to(asked).after(Duration.ofMillis(40)));
        market.node(0).says(_ -> Said.result("\"" + "5".repeat(43) + "\""));

        for (var i = 0; i < 5; i++) {
            assertThat(rpc(RICH, call("1", "getGenesisHash", "[]")).body()).contains("444");
        }
    }

    @Test
    void takesNoHeightAboveTheSlots() {
        market.allSay(Said.result("80").after(Duration.ofMillis(40)));
        market.node(0).says(_ -> Said.result("18446744073709551615"));

        for (var i = 0; i < 5; i++) {
            assertThat(rpc(RICH, call("1", "getBlockHeight", "[]")).body()).contains("80");
        }
    }

    @Test
    void paysForATransactionOneOfThoseThatAccepted() {
        var seeds = new AtomicInteger();
        Function<Asked, Said> accept = asked -> Said.result('"' + Transactions.signatureIn(asked.body()) + '"');
        market.allSay(asked -> accept.apply(asked).after(Duration.ofMillis(20)));
        market.node(0).says(accept);

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            var params = Transactions.base64(seeds.incrementAndGet(), ",\"maxRetries\":0");
            var sent = stream.answered(race(rpc(RICH, call("1", "sendTransaction", params))));
            var places = sent.asked().places();
            return places.stream().anyMatch(place -> place.nodeId().value().equals("node0"))
                    && !places.get(sent.outcome().winner()).nodeId().value().equals("node0");
        });
    }

    @Test
    void takesNoSinglesWordForATransactionThatItCannotRead() {
        market.allSay(Said.error(-32602, "invalid transaction").after(Duration.ofMillis(20)));
        market.node(0).says(_ -> Said.result("\"made up\""));

        for (var i = 0; i < 5; i++) {
            assertThat(rpc(RICH, call("1", "sendTransaction", "[\"unreadable\"]"))
                            .body())
                    .contains("-32602");
        }
    }

    @Test
    void asksAFlaggedOperatorAsShadow() {
        market.scanners().forEach(node -> node.says(_ -> at(90, "[7]").after(Duration.ofMillis(20))));
        market.scanners().getLast().says(_ -> at(90, "[7]"));
        market.flag("scanner6", "scan-op6", true);
        try {
            var race = Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(
                            () -> race(rpc(RICH, call("1", "getMultipleAccounts", "[[]]"))),
                            raced -> stream.answered(raced).asked().places().stream()
                                    .anyMatch(place -> place.place() == Place.SHADOW));

            assertThat(stream.answered(race).asked().places().get(5).nodeId().value())
                    .isEqualTo("scanner6");
            assertThat(stream.answered(race).outcome().winner()).isNotEqualTo(5);
            var shown = stream.verified(race).results().get(5);
            assertThat(shown.place()).isEqualTo(Place.SHADOW);
            assertThat(shown.verdict()).isEqualTo(Verdict.AGREES);
        } finally {
            market.flag("scanner6", "scan-op6", false);
        }
    }

    private void awaitKey(String key, String account) {
        billing.owns(account, 5_000_000_000L);
        market.key(key, account, "query", null);
        Awaitility.await().until(() -> rpc(key, call("1", "getHealth", "[]")).statusCode() == 200);
    }

    private static Said at(long slot, int value) {
        return at(slot, Integer.toString(value));
    }

    private static Said at(long slot, String value) {
        return Said.result("{\"context\":{\"slot\":" + slot + "},\"value\":" + value + "}");
    }

    private HttpResponse<String> payload(String race, @Nullable String token) {
        var request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + managementPort + "/internal/races/" + race + "/payload"));
        return send(token == null ? request : request.header("Authorization", "Bearer " + token));
    }
}
