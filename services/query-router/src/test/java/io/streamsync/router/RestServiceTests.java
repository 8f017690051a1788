package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.node.HonestResults;
import io.streamsync.router.node.ScriptedNode;
import io.streamsync.router.node.ScriptedNode.Said;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// REST queries at the started router: races like any other, in another form.
class RestServiceTests extends StartedRouter {

    private static final String SYSTEM = "11111111111111111111111111111111";
    private static final String MINT = "So11111111111111111111111111111111111111112";
    private static final String SIGNATURE =
            "5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnbJLgp8uirBgmQpjKhoR4tjF3ZpRzrFmBV6UjKdiSZkQUW";

    @BeforeEach
    void sellersOfScansAndCompressedAccountsAnswer() {
        Stream.concat(market.scanners().stream(), market.indexers().stream())
                .forEach(node -> node.says(HonestResults::to));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /accounts/{a}                        | getAccountInfo | ["{a}",{"encoding":"base64"}]
            /accounts/{a}?encoding=jsonParsed&minContextSlot=7&racers=2 | getAccountInfo | ["{a}",{"encoding":"jsonParsed","minContextSlot":7}]
            /accounts/{a}?dataSlice.offset=4&dataSlice.length=8 | getAccountInfo | ["{a}",{"dataSlice":{"length":8,"offset":4},"encoding":"base64"}]
            /accounts/{a}/balance                | getBalance | ["{a}"]
            /accounts/{a}/balance?commitment=confirmed | getBalance | ["{a}",{"commitment":"confirmed"}]
            /accounts/{a}/tokens                 | getTokenAccountsByOwner | ["{a}",{"programId":"TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"},{"encoding":"jsonParsed"}]
            /accounts/{a}/tokens?program={m}     | getTokenAccountsByOwner | ["{a}",{"programId":"{m}"},{"encoding":"jsonParsed"}]
            /accounts/{a}/transactions?limit=5   | getSignaturesForAddress | ["{a}",{"limit":5}]
            /transactions/{s}                    | getTransaction | ["{s}",{"maxSupportedTransactionVersion":0}]
            /transactions/{s}?encoding=json&maxSupportedTransactionVersion=1 | getTransaction | ["{s}",{"encoding":"json","maxSupportedTransactionVersion":1}]
            /blocks/341                          | getBlock | [341,{"maxSupportedTransactionVersion":0}]
            /blocks/0?rewards=false&transactionDetails=none | getBlock | [0,{"maxSupportedTransactionVersion":0,"rewards":false,"transactionDetails":"none"}]
            /compressed-accounts/{m}             | getCompressedAccount | {"hash":"{m}"}
            /compressed-accounts/{a}             | getCompressedAccount | {"address":"{a}"}
            /compressed-accounts/{m}?by=address  | getCompressedAccount | {"address":"{m}"}
            """)
    void asksTheMethodOfThePath(String path, String method, String params) {
        var response = get(RICH, filled(path));

        assertThat(response.statusCode()).isEqualTo(200);
        var asked = "\"method\":\"" + method + "\",\"params\":" + filled(params) + "}";
        Awaitility.await()
                .until(() -> everybody()
                        .flatMap(node -> node.asked().stream())
                        .anyMatch(call -> call.body().endsWith(asked)));
    }

    @Test
    void showsTheNodesBytesUnchangedWithTheirRace() {
        var account = "{\"context\":{\"slot\":90}, \"value\":{\"rentEpoch\":18446744073709551615,\"x\":1.0}}";
        market.allSay(Said.result(account));

        var response = get(RICH, "/accounts/" + SYSTEM);

        assertThat(response.body()).startsWith("{\"data\":" + account + ",\"race\":{\"raceId\":\"");
        var race = JSON.readTree(response.body()).path("race");
        var headers = response.headers();
        assertThat(headers.firstValue("X-StreamSync-Race"))
                .hasValue(race.path("raceId").asString());
        assertThat(headers.firstValue("X-StreamSync-Operator"))
                .hasValue(race.path("operatorId").asString());
        assertThat(headers.firstValue("X-StreamSync-Price"))
                .hasValue(race.path("price").asString())
                .hasValue("0.000004");
        assertThat(headers.firstValue("X-StreamSync-Latency"))
                .get()
                .extracting(Double::parseDouble)
                .isEqualTo(race.path("latencyMs").asDouble());
        assertThat(race.path("slot").asLong()).isEqualTo(90);
        assertThat(race.path("sla").asString()).isEqualTo("met");
        assertThat(stream.answered(race(response)).race().method()).isEqualTo("getAccountInfo");
    }

    @Test
    void showsAbsenceAsNull() {
        market.allSay(Said.result("null"));

        var response = get(RICH, "/transactions/" + SIGNATURE);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).startsWith("{\"data\":null,\"race\":{");
    }

    @Test
    void showsANodesErrorAsTheNodeSaidIt() {
        var error = "{\"code\":-32602,\"message\":\"Invalid param\",\"data\":{\"u\":18446744073709551615}}";
        market.allSay(Said.error(error));

        var response = get(RICH, "/accounts/" + SYSTEM + "?encoding=none");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("{\"error\":" + error + ",\"race\":{")
                .doesNotContain("\"data\":null");
        assertThat(response.headers().firstValue("X-StreamSync-Race")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wrong   | /accounts/none                                 | 401 | INVALID_KEY         | ''
            manager | /accounts/{a}                                  | 401 | INVALID_KEY         | ''
            rich    | /accounts/none                                 | 400 | INVALID_REQUEST     | address
            rich    | /accounts/{s}/balance                          | 400 | INVALID_REQUEST     | address
            rich    | /accounts/0OIl1111111111111111111111111111111  | 400 | INVALID_REQUEST     | address
            rich    | /accounts/%2e%2e                               | 400 | INVALID_REQUEST     | address
            rich    | /accounts/{a}/tokens?program=x                 | 400 | INVALID_REQUEST     | program
            rich    | /accounts/{a}?encoding=a&encoding=b            | 400 | INVALID_REQUEST     | encoding
            rich    | /accounts/{a}?max-prize=1                      | 400 | INVALID_REQUEST     | max-prize
            rich    | /accounts/{a}?dataSlice=1&dataSlice.offset=1   | 400 | INVALID_REQUEST     | dataSlice.offset
            rich    | /transactions/{a}                              | 400 | INVALID_REQUEST     | signature
            rich    | /blocks/-1                                     | 400 | INVALID_REQUEST     | slot
            rich    | /blocks/99999999999999999999                   | 400 | INVALID_REQUEST     | slot
            rich    | /compressed-accounts/{m}?by=guess              | 400 | INVALID_REQUEST     | by
            rich    | /compressed-accounts/{m}?hash=x                | 400 | INVALID_REQUEST     | hash
            rich    | /accounts/{a}?racers=9                         | 400 | INVALID_REQUEST     | racers
            rich    | /accounts/none?racers=9                        | 400 | INVALID_REQUEST     | address
            rich    | /accounts/{a}?max-price=0.000001               | 503 | NO_CAPABLE_NODE     | ''
            poor    | /accounts/{a}                                  | 402 | INSUFFICIENT_CREDIT | ''
            unlucky | /accounts/{a}                                  | 503 | UNAVAILABLE         | ''
            """)
    void refusesWithTheReasonAsItsCode(String who, String path, int status, String code, String field) {
        var before = market.asked();

        var response = get(key(who), filled(path));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        var problem = JSON.readTree(response.body());
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("requestId").asString()).isNotEmpty();
        assertThat(problem.path("instance").asString())
                .startsWith("/v1/solana/")
                .doesNotContain("?");
        assertThat(problem.path("errors").path(0).path("field").asString("")).isEqualTo(field);
        assertThat(market.asked()).isEqualTo(before);
    }

    @Test
    void saysWhatWouldHelp() {
        var tooCheap = JSON.readTree(
                get(RICH, "/accounts/" + SYSTEM + "?max-price=0.000001").body());
        var poor = JSON.readTree(get(POOR, "/accounts/" + SYSTEM).body());

        assertThat(tooCheap.path("cheapestAsk").asString()).isEqualTo("0.000004");
        assertThat(tooCheap.path("fastestGuaranteeMs").asInt()).isEqualTo(ScriptedMarket.GUARANTEE_MS);
        assertThat(poor.path("balance").asString()).isEqualTo("0.000003999");
        assertThat(poor.path("price").asString()).isEqualTo("0.000004");
    }

    @Test
    void chargesNothingWhenNobodyAnswers() {
        market.allSay(Said.status(503));

        var response = get(RICH, "/accounts/" + SYSTEM + "/balance");

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(JSON.readTree(response.body()).path("code").asString()).isEqualTo("NO_ANSWER");
        assertThat(response.headers().firstValue("X-StreamSync-Price")).hasValue("0");
        assertThat(response.headers().firstValue("X-StreamSync-Race")).isPresent();
    }

    @Test
    void takesTheKeyAndWishesAsParameters() {
        var response = get(null, "/accounts/" + SYSTEM + "?api-key=" + RICH + "&racers=1&max-latency=2s");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(stream.answered(race(response)).asked().places())
                .filteredOn(place -> place.place().races())
                .hasSize(1);
    }

    @Test
    void letsAnyPageAskAndReadRefusals() {
        var answer = send(request(RICH, "/v1/solana/accounts/" + SYSTEM).header("Origin", "https://page.example"));
        var refusal = send(request(null, "/v1/solana/accounts/" + SYSTEM).header("Origin", "https://page.example"));

        assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly("*");
        assertThat(refusal.statusCode()).isEqualTo(401);
        assertThat(refusal.headers().allValues("Access-Control-Allow-Origin")).containsExactly("*");
        assertThat(refusal.headers().firstValue("Access-Control-Expose-Headers"))
                .get()
                .asString()
                .contains("X-StreamSync-Race");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/solana",
        "/v1/solana/accounts",
        "/v1/solana/accounts/",
        "/v1/solana/accounts/a/b",
        "/v1/solana/blocks/1/x",
        "/v1/solana/x/1"
    })
    void servesNothingBesideItsPaths(String path) {
        var response = send(request(RICH, path));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(response.body()).path("code").asString()).isEqualTo("NOT_FOUND");
    }

    @Test
    void readsNoBody() {
        var response = send(request(RICH, "/v1/solana/accounts/" + SYSTEM)
                .method("GET", BodyPublishers.ofString("x".repeat(2 * 1024 * 1024))));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(JSON.readTree(response.body()).path("code").asString()).isEqualTo("REQUEST_TOO_LARGE");
    }

    private HttpResponse<String> get(@Nullable String key, String path) {
        return send(request(key, "/v1/solana" + path));
    }

    private static Stream<ScriptedNode> everybody() {
        return Stream.of(market.nodes(), market.scanners(), market.indexers()).flatMap(nodes -> nodes.stream());
    }

    private static String filled(String text) {
        return text.replace("{a}", SYSTEM).replace("{m}", MINT).replace("{s}", SIGNATURE);
    }
}
