package io.streamsync.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.verification.RaceStatus;
import io.streamsync.router.node.HonestResults;
import io.streamsync.router.node.ScriptedNode.Said;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What customers meet at the started router.
class RouterServiceTests extends StartedRouter {

    @Test
    void answersWithTheNodesBytesUnchanged() {
        var account = "{\"context\":{\"apiVersion\":\"3.1.0\",\"slot\":90}, \"value\":{\"lamports\":1,"
                + "\"rentEpoch\":18446744073709551615,\"x\":1.0,\"é\":\"\\u00e9\"}}";
        market.allSay(Said.result(account));

        var response = rpc(RICH, call("\"5c-web3\"", "getAccountInfo", "[\"11111111111111111111111111111111\"]"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"result\":" + account + ",\"id\":\"5c-web3\"}");
    }

    @Test
    void asksThreeRacersAndTwoCheckersOfFiveOperatorsTheSame() {
        var before = market.asked();

        rpc(RICH, call("42", "getBalance", "[\"four\"]"));

        Awaitility.await().until(() -> market.asked() == before + 5);
        assertThat(market.nodes())
                .allSatisfy(
                        node -> assertThat(node.asked().getLast().body())
                                .matches(
                                        "\\{\"jsonrpc\":\"2.0\",\"id\":\\d+,\"method\":\"getBalance\",\"params\":\\[\"four\"]}"));
    }

    @Test
    void takesNoAnswerToAnotherQuestion() {
        market.allSay(
                Said.body("{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"slot\":90},\"value\":7},\"id\":99999999}"));

        assertThat(balance(RICH).statusCode()).isEqualTo(504);
    }

    @Test
    void disputesNothingThatWasAskedBelowFinalized() {
        market.allSay(
                Said.result("{\"slot\":90,\"meta\":{\"err\":null,\"fee\":1}}").after(Duration.ofMillis(60)));
        market.node(0).says(_ -> Said.result("{\"slot\":91,\"meta\":{\"err\":null,\"fee\":2}}"));
        // a key of its own: from here on it reads from slot 91, where no other test's nodes are
        var key = "ssk_forked_0123456789";
        billing.owns("forked", 5_000_000_000L);
        market.key(key, "forked", "query", null);

        var fork = Awaitility.await()
                .until(
                        () -> rpc(key, call("1", "getTransaction", "[\"s\",{\"commitment\":\"confirmed\"}]")),
                        response -> response.body().contains("\"fee\":2"));

        assertThat(stream.verified(race(fork)).status()).isEqualTo(RaceStatus.UNVERIFIED);
    }

    @Test
    void waitsForMoreCreditWhileOthersOfTheCustomerTakeWhatWasGranted() {
        var calls = Collections.nCopies(30, call("1", "getBalance", "[\"a\"]"));

        var response = rpc(CROWD, "[" + String.join(",", calls) + "]", "X-StreamSync-Max-Latency", "60s");

        assertThat(response.headers().firstValue("X-StreamSync-Price")).hasValue("0.00012");
    }

    @Test
    void tellsPriceOperatorLatencyAndSlotInHeaders() {
        var response = balance(RICH);

        var headers = response.headers();
        assertThat(headers.firstValue("X-StreamSync-Race")).get().asString().matches("[0-9a-f]{32}");
        assertThat(headers.firstValue("X-StreamSync-Operator")).get().asString().startsWith("op");
        assertThat(headers.firstValue("X-StreamSync-Node")).get().asString().startsWith("node");
        assertThat(headers.firstValue("X-StreamSync-Price")).hasValue("0.000004");
        assertThat(headers.firstValue("X-StreamSync-Latency")).get().asString().matches("\\d+\\.\\d{3}");
        assertThat(headers.firstValue("X-StreamSync-Sla")).hasValue("met");
        assertThat(headers.firstValue("X-StreamSync-Slot")).hasValue("90");
        assertThat(headers.firstValue("X-StreamSync-Balance"))
                .hasValueSatisfying(balance -> assertThat(new BigDecimal(balance))
                        .as("5, but for what the key spent before")
                        .isBetween(BigDecimal.valueOf(4), BigDecimal.valueOf(5)));
    }

    @Test
    void writesDownWhatWasAskedAndChargedAndWhatTheCheckersSaid() {
        var race = race(balance(RICH));

        var answered = stream.answered(race);
        assertThat(answered.race().method()).isEqualTo("getBalance");
        assertThat(answered.race().snapshot()).hasSize(64);
        assertThat(answered.asked().places())
                .extracting(place -> place.place())
                .containsExactly(Place.RACING, Place.RACING, Place.RACING, Place.CHECKING, Place.CHECKING);
        assertThat(answered.outcome().feeNano()).isEqualTo(ScriptedMarket.ASK_NANO);
        assertThat(answered.privatePart().accountId()).isEqualTo("rich");
        assertThat(answered.privatePart().cumulative()).isPositive();

        var verified = stream.verified(race);
        assertThat(verified.status()).isEqualTo(RaceStatus.CONFIRMED);
        assertThat(verified.feeNano()).isEqualTo(ScriptedMarket.ASK_NANO);
        assertThat(verified.results()).extracting(Result::outcome).containsOnly(PlaceOutcome.ANSWER);
        assertThat(verified.results())
                .filteredOn(result -> result.place() == Place.CHECKING)
                .extracting(Result::verdict)
                .containsOnly(Verdict.AGREES);
    }

    @Test
    void refundsTheFeeWhenTheGuaranteeIsMissed() {
        market.allSay(Said.result("{\"context\":{\"slot\":90},\"value\":7}").after(Duration.ofSeconds(1)));

        var response = balance(RICH);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-StreamSync-Price")).hasValue("0");
        assertThat(response.headers().firstValue("X-StreamSync-Sla")).hasValue("missed");
        var outcome = stream.answered(race(response)).outcome();
        assertThat(outcome.refund()).isEqualTo(RefundReason.SLA_MISSED);
        assertThat(outcome.priceNano()).isEqualTo(ScriptedMarket.ASK_NANO);
        assertThat(outcome.feeNano()).isZero();
        assertThat(outcome.lateByRouter()).isFalse();
    }

    @Test
    void chargesNothingWhenNobodyAnswers() {
        market.allSay(Said.status(503));

        var response = balance(RICH);

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(error(response).path("code").asInt()).isEqualTo(-31005);
        assertThat(error(response).path("data").path("reason").asString()).isEqualTo("NO_ANSWER");
        assertThat(response.headers().firstValue("X-StreamSync-Price")).hasValue("0");
        var outcome = stream.answered(race(response)).outcome();
        assertThat(outcome.winner()).isEqualTo(-1);
        assertThat(outcome.refund()).isEqualTo(RefundReason.NO_ANSWER);
        var verified = stream.verified(race(response));
        assertThat(verified.status()).isEqualTo(RaceStatus.NO_ANSWER);
        assertThat(verified.results()).extracting(Result::counts).containsOnly(false);
    }

    @Test
    void failsAtTheNodesTimeoutWhenAllAreSilent() {
        market.allSay(Said.nothing());

        assertThat(balance(RICH).statusCode()).isEqualTo(504);
    }

    @Test
    void deliversACheckersAnswerWhenAllRacersFail() {
        var answers = 0;
        for (var i = 0; i < 3; i++) {
            market.allSay(Said.status(500));
            market.node(i).says(_ -> Said.result("{\"context\":{\"slot\":90},\"value\":7}"));
            answers += balance(RICH).statusCode() == 200 ? 1 : 0;
        }

        assertThat(answers).isEqualTo(3);
    }

    @Test
    void asksOthersWhenAllOfTheFirstFail() {
        market.scanners().forEach(node -> node.says(_ -> Said.error(-32601, "Method not found")));
        market.scanners().getFirst().says(_ -> Said.result("{\"context\":{\"slot\":90},\"value\":[1]}"));

        var answered = Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> rpc(RICH, call("1", "getMultipleAccounts", "[[]]"), "X-StreamSync-Racers", "1"),
                        response -> response.body().contains("\"result\"")
                                && stream.answered(race(response))
                                                .asked()
                                                .places()
                                                .getLast()
                                                .round()
                                        == 1);

        var record = stream.answered(race(answered));
        assertThat(record.asked().places())
                .extracting(place -> place.operatorId())
                .doesNotHaveDuplicates();
        assertThat(record.asked()
                        .places()
                        .get(record.outcome().winner())
                        .operatorId()
                        .value())
                .isEqualTo("scan-op0");
    }

    @Test
    void skipsNodesThatAreDearerThanWhatIsLeft() {
        market.indexers().forEach(node -> node.says(HonestResults::to));

        var response = rpc(THRIFTY, call("1", "getCompressedAccount", "[\"a\"]"), "X-StreamSync-Racers", "2");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-StreamSync-Node")).hasValue("indexer0");
        var asked = stream.answered(race(response)).asked();
        assertThat(asked.places()).filteredOn(place -> place.place().races()).hasSize(1);
        assertThat(asked.skipped())
                .allSatisfy(skipped -> assertThat(skipped.reason()).isEqualTo(SkipReason.CREDIT));
    }

    @Test
    void believesAbsenceOnlyWhenTwoSaySo() {
        var nothing = "{\"context\":{\"slot\":90},\"value\":null}";
        market.allSay(Said.status(500));
        market.node(0).says(_ -> Said.result(nothing));
        assertThat(rpc(RICH, call("1", "getAccountInfo", "[\"x\"]")).statusCode())
                .isEqualTo(504);

        market.node(1).says(_ -> Said.result(nothing));
        market.node(2).says(_ -> Said.result(nothing));
        market.node(3).says(_ -> Said.result(nothing));
        var response = rpc(RICH, call("1", "getAccountInfo", "[\"x\"]"));
        assertThat(response.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"result\":" + nothing + ",\"id\":1}");
        assertThat(response.headers().firstValue("X-StreamSync-Price")).hasValue("0.000004");
    }

    @Test
    void passesTheNodesErrorsOnUnchanged() {
        var error = "{\"code\":-32602,\"message\":\"Invalid param: WrongSize\",\"data\":{\"u\":18446744073709551615}}";
        market.allSay(Said.error(error));

        var response = rpc(RICH, call("\"e\"", "getAccountInfo", "[\"x\"]"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"error\":" + error + ",\"id\":\"e\"}");
    }

    @Test
    void contradictsAWinnerWhomBothCheckersContradict() {
        market.allSay(Said.result("{\"context\":{\"slot\":90},\"value\":7}").after(Duration.ofMillis(60)));
        market.node(0).says(_ -> Said.result("{\"context\":{\"slot\":90},\"value\":8}"));

        var lie = Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> balance(RICH), response -> response.body().contains("\"value\":8"));

        assertThat(stream.verified(race(lie)).status()).isEqualTo(RaceStatus.CONTRADICTED);
    }

    @Test
    void ignoresAnswersFromBelowTheWantedSlot() {
        market.allSay(Said.result("{\"context\":{\"slot\":89},\"value\":7}"));
        market.node(0).says(_ -> Said.result("{\"context\":{\"slot\":90},\"value\":8}"));

        var response = rpc(
                RICH, call("1", "getBalance", "[\"a\"]"), "X-StreamSync-Min-Slot", "90", "X-StreamSync-Racers", "5");

        assertThat(response.body()).contains("\"value\":8");
        assertThat(response.headers().firstValue("X-StreamSync-Slot")).hasValue("90");
    }

    @Test
    void waitsForAConfirmationWhereAQuorumIsWanted() {
        for (var i = 0; i < 5; i++) {
            var value = i;
            market.node(i).says(_ -> Said.result("{\"context\":{\"slot\":90},\"value\":" + value + "}"));
        }

        var response = rpc(RICH, call("1", "getBalance", "[\"a\"]"), "X-StreamSync-Verify", "quorum");

        assertThat(response.statusCode()).isEqualTo(504);
    }

    @Test
    void sendsATransactionToRacersOnlyAndATestCoinRequestToOne() {
        market.allSay(Said.result("\"" + "1".repeat(64) + "\""));
        var before = market.asked();

        var sent = rpc(RICH, call("1", "sendTransaction", "[\"unreadable\"]"));
        Awaitility.await().until(() -> market.asked() == before + 3);
        var airdrop = rpc(RICH, call("1", "requestAirdrop", "[\"a\",1]"));

        assertThat(sent.statusCode()).isEqualTo(200);
        assertThat(airdrop.statusCode()).isEqualTo(200);
        assertThat(stream.verified(race(sent)).status()).isEqualTo(RaceStatus.UNVERIFIED);
        assertThat(stream.verified(race(airdrop)).results()).hasSize(1);
        assertThat(market.asked()).isEqualTo(before + 4);
    }

    @Test
    void answersABatchInOrderWithOneRaceForEachCall() {
        market.allSay(asked -> asked.body().contains("slow")
                ? Said.result("{\"context\":{\"slot\":90},\"value\":1}").after(Duration.ofMillis(50))
                : Said.result("{\"context\":{\"slot\":90},\"value\":2}"));

        var response = rpc(
                RICH,
                "[" + call("\"a\"", "getBalance", "[\"slow\"]") + ",7," + call("2", "getBalance", "[\"fast\"]") + ","
                        + call("3", "noSuchMethod", "[]") + ",{\"jsonrpc\":\"2.0\",\"method\":\"getSlot\"}]");

        assertThat(response.statusCode()).isEqualTo(200);
        var answers = JSON.readTree(response.body());
        assertThat(answers.size()).isEqualTo(4);
        assertThat(answers.path(0).path("id").asString()).isEqualTo("a");
        assertThat(answers.path(0).path("result").path("value").asInt()).isEqualTo(1);
        assertThat(answers.path(1).path("error").path("code").asInt()).isEqualTo(-32600);
        assertThat(answers.path(2).path("result").path("value").asInt()).isEqualTo(2);
        assertThat(answers.path(3).path("error").path("code").asInt()).isEqualTo(-32601);
        assertThat(response.headers().firstValue("X-StreamSync-Price")).hasValue("0.000008");
        assertThat(response.headers().firstValue("X-StreamSync-Batch")).isPresent();
        assertThat(response.headers().firstValue("X-StreamSync-Race")).isEmpty();
    }

    @Test
    void asksNobodyForANotification() {
        var before = market.asked();

        var response = rpc(RICH, "{\"jsonrpc\":\"2.0\",\"method\":\"getSlot\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(market.asked()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wrong | {"jsonrpc":"2.0","id":1,"method":"getSlot"}       |                                      | 401 | -31001 | INVALID_KEY
            manager | {"jsonrpc":"2.0","id":1,"method":"getSlot"}     |                                      | 401 | -31001 | INVALID_KEY
            wrong | nonsense                                          |                                      | 401 | -31001 | INVALID_KEY
            rich | nonsense                                           |                                      | 400 | -32700 | ''
            rich | {"jsonrpc":"2.0","id":1}                           |                                      | 400 | -32600 | ''
            rich | []                                                 |                                      | 400 | -32600 | ''
            rich | {"jsonrpc":"2.0","id":1}                           | X-StreamSync-Racers: 9               | 400 | -32600 | ''
            rich | {"jsonrpc":"2.0","id":1,"method":"noSuch"}         | X-StreamSync-Racers: 9               | 400 | -31007 | INVALID_REQUEST
            rich | {"jsonrpc":"2.0","id":1,"method":"noSuch"}         |                                      | 200 | -32601 | ''
            rich | {"jsonrpc":"2.0","id":1,"method":"getSlot"}        | X-StreamSync-Max-Price: 0.000001     | 503 | -31003 | NO_CAPABLE_NODE
            rich | {"jsonrpc":"2.0","id":1,"method":"getProgramAccounts"} | X-StreamSync-Operators: op1      | 503 | -31003 | NO_CAPABLE_NODE
            poor | {"jsonrpc":"2.0","id":1,"method":"getSlot"}        |                                      | 402 | -31002 | INSUFFICIENT_CREDIT
            unlucky | {"jsonrpc":"2.0","id":1,"method":"getSlot"}     |                                      | 503 | -31008 | UNAVAILABLE
            """)
    void refusesWithAReason(String who, String body, @Nullable String header, int status, int code, String reason) {
        var before = market.asked();

        var response = header == null ? rpc(key(who), body) : rpc(key(who), body, header.split(": ", 2));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(error(response).path("code").asInt()).isEqualTo(code);
        assertThat(error(response).path("data").path("reason").asString("")).isEqualTo(reason);
        assertThat(market.asked()).isEqualTo(before);
    }

    @Test
    void saysWhatWouldHelp() {
        var tooCheap = error(rpc(RICH, call("1", "getSlot", "[]"), "X-StreamSync-Max-Price", "0.000001"));
        var poor = error(rpc(POOR, call("1", "getSlot", "[]")));
        var wrong = error(rpc(RICH, call("1", "getSlot", "[]"), "X-StreamSync-Prefer", "x"));

        assertThat(tooCheap.path("data").path("cheapestAsk").asString()).isEqualTo("0.000004");
        assertThat(tooCheap.path("data").path("fastestGuaranteeMs").asInt()).isEqualTo(ScriptedMarket.GUARANTEE_MS);
        assertThat(poor.path("data").path("balance").asString()).isEqualTo("0.000003999");
        assertThat(poor.path("data").path("price").asString()).isEqualTo("0.000004");
        assertThat(wrong.path("data").path("parameter").asString()).isEqualTo("X-StreamSync-Prefer");
    }

    @Test
    void refusesBodiesBeyondOneMebibyteBeforeAnythingElse() {
        var large = call("1", "getBalance", "[\"" + "x".repeat(1024 * 1024) + "\"]");

        var announced = rpc("wrong", large);
        var chunked = send(request(RICH)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large.getBytes(UTF_8)))));

        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(error(announced).path("code").asInt()).isEqualTo(-31006);
        assertThat(chunked.statusCode()).isEqualTo(413);
    }

    @Test
    void readsNoBodyForAnUnknownKey() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: edge\r\nX-API-Key: wrong\r\nContent-Length: 100\r\n\r\n"
                            .getBytes(UTF_8));

            assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                    .isEqualTo("HTTP/1.1 401");
        }
    }

    @Test
    void keepsAKeysDailyCap() {
        assertThat(balance(FRUGAL).statusCode()).isEqualTo(200);
        assertThat(balance(FRUGAL).statusCode()).isEqualTo(200);

        var refused = balance(FRUGAL);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(error(refused).path("code").asInt()).isEqualTo(-31004);
        assertThat(error(refused).path("data").path("cause").asString()).isEqualTo("OWN_CAP");
        assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1L, 86_400L);
    }

    @Test
    void keepsTheHoldersOwnRateCap() {
        var codes = Collections.nCopies(5, CAPPED).stream()
                .map(key -> rpc(key, call("1", "getBalance", "[\"a\"]")))
                .toList();

        assertThat(codes).anySatisfy(response -> {
            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(error(response).path("data").path("cause").asString()).isEqualTo("OWN_CAP");
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
        });
    }

    @Test
    void takesTheKeyWhereverClientsPutIt() {
        var body = call("1", "getBalance", "[\"a\"]");

        assertThat(List.of(
                        send(request(null, "/v1/rpc/" + RICH).POST(BodyPublishers.ofString(body))),
                        send(request(null, "/?api-key=" + RICH).POST(BodyPublishers.ofString(body))),
                        send(request(null, "/v1/rpc").header("X-API-Key", RICH).POST(BodyPublishers.ofString(body))),
                        send(request(RICH, "/v1/rpc?racers=1").POST(BodyPublishers.ofString(body)))))
                .extracting(HttpResponse::statusCode)
                .containsOnly(200);
    }

    @Test
    void quotesAPriceWithoutAKey() {
        var quote = JSON.readTree(send(request(null, "/v1/quotes")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"method\":\"getBalance\",\"maxLatency\":\"2s\"}")))
                .body());

        assertThat(quote.path("queryClass").asString()).isEqualTo("lookup");
        assertThat(quote.path("expectedPrice").asString()).isEqualTo("0.000004");
        assertThat(quote.path("asks").size()).isEqualTo(5);
        assertThat(quote.path("asks").path(0).path("probability").asDouble()).isBetween(0.19, 0.21);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"method":"noSuch"}                          | method
            {}                                           | method
            {"method":"getSlot","maxPrice":"-1"}         | maxPrice
            {"method":"getSlot","maxLatency":{"a":1}}    | maxLatency
            {"method":"getSlot","prefer":"best"}         | prefer
            """)
    void namesTheFieldOfAQuoteThatIsWrong(String body, String field) {
        var response = send(request(null, "/v1/quotes")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type"))
                .get()
                .asString()
                .startsWith("application/problem+json");
        var problem = JSON.readTree(response.body());
        assertThat(problem.path("code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo(field);
    }

    @Test
    void describesTheNetwork() {
        var network = JSON.readTree(get("/v1/network").body());

        assertThat(network.path("phase").asString()).isEqualTo("maturity");
        assertThat(network.path("parameters").path("deadline").asString()).isEqualTo("3s");
        assertThat(network.path("parametersVersion").asString()).startsWith("1+");
        assertThat(network.path("operators").path("active").asInt()).isEqualTo(14);
        assertThat(network.path("nodes").path("total").asInt()).isEqualTo(14);
        assertThat(network.path("genesisHash").asString()).isEqualTo(ScriptedMarket.GENESIS_HASH);
    }

    @Test
    void asksNothingThroughTheManagementPort() {
        var response = send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/"))
                .header("Authorization", "Bearer " + RICH)
                .POST(BodyPublishers.ofString(call("1", "getBalance", "[\"a\"]"))));

        assertThat(response.statusCode()).isEqualTo(404);
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws IOException {
        market.allSay(asked -> asked.body().contains("slow")
                ? Said.result("{\"context\":{\"slot\":90},\"value\":1}").after(Duration.ofMillis(50))
                : Said.result("{\"context\":{\"slot\":90},\"value\":2}"));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            var first = call("1", "getBalance", "[\"slow\"]");
            var second = call("2", "getBalance", "[\"fast\"]");
            socket.getOutputStream().write((raw(first) + raw(second)).getBytes(UTF_8));

            var answers = new StringBuilder();
            while (!answers.toString().contains("\"id\":2}")) {
                answers.append((char) socket.getInputStream().read());
            }

            assertThat(answers.toString()).containsSubsequence("\"value\":1},\"id\":1}", "\"value\":2},\"id\":2}");
        }
    }

    @Test
    void packsLargeAnswersWhereTheClientWants() throws IOException, InterruptedException {
        market.allSay(Said.result("{\"a\":\"" + "ab".repeat(50_000) + "\"}"));

        var response = http.send(
                request(RICH)
                        .header("Accept-Encoding", "gzip")
                        .POST(BodyPublishers.ofString(call("1", "getBlock", "[1]")))
                        .build(),
                BodyHandlers.ofByteArray());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(response.body()).hasSizeLessThan(10_000);
    }
}
