package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.Api.Reply;
import io.streamsync.system.Market.Account;
import java.math.BigDecimal;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What the market refuses to ask anybody, by which code, and that a refusal costs nothing.
class QueryRefusalTests {

    private static final String BALANCE =
            "{\"jsonrpc\":\"2.0\",\"id\":\"q-7\",\"method\":\"getBalance\",\"params\":[\"11111111111111111111111111111111\"]}";
    private static final String TOO_LARGE =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getBalance\",\"params\":[\"" + "1".repeat(1 << 20) + "\"]}";
    private static final String BELOW_ALL_ASKS = "0.000000001";

    private final Market market = Market.running();

    @Test
    void refusesAQueryWithoutCredit() {
        var account = market.openAccount("0");

        var refused = account.queries().post("/", BALANCE);

        expect(refused, 402, -31002, "INSUFFICIENT_CREDIT");
        assertThat(refused.text("/id")).isEqualTo("q-7");
        assertThat(refused.text("/error/data/balance")).isEqualTo("0");
        assertThat(new BigDecimal(refused.text("/error/data/price"))).isPositive();
    }

    @Test
    void servesADepositAtOnceAfterARefusal() {
        var account = market.openAccount("0");
        account.queries().post("/", BALANCE);

        account.deposit("0.01");

        await().atMost(Market.PATIENCE)
                .until(() -> account.queries().post("/", BALANCE).status() == 200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"jsonrpc":"2.0","id":1,"method":"getBal        |                           | 400 | -32700
                    {"jsonrpc":"2.0","id":1}                        |                           | 400 | -32600
                    {"id":1,"method":"getSlot"}                     |                           | 400 | -32600
                    {"jsonrpc":"2.0","id":1,"method":7}             |                           | 400 | -32600
                    {"jsonrpc":"2.0","id":{},"method":"getSlot"}    |                           | 400 | -32600
                    "getSlot"                                       |                           | 400 | -32600
                    []                                              |                           | 400 | -32600
                    {"jsonrpc":"2.0","id":1,"method":"getFees"}     |                           | 200 | -32601
                    {"jsonrpc":"2.0","id":1,"method":"getBalance"}  |                           | 200 | -32602
                    {"jsonrpc":"2.0","id":1,"method":"getBalance","params":["no address"]} |    | 200 | -32602
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | Racers=9                  | 400 | -31007
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | Racers=3+3                | 400 | -31007
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | Prefer=best               | 400 | -31007
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | Verify=all                | 400 | -31007
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | Min-Slot=-1               | 400 | -31007
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | Max-Latency=soon          | 400 | -31007
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | Max-Latency=0             | 400 | -31007
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | Max-Price=-1              | 400 | -31007
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | Max-Price=0               | 400 | -31007
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | Max-Price=99999999999999999999 | 400 | -31007
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | Operators=a/b             | 400 | -31007
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | Max-Price=0.000000001     | 503 | -31003
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | Max-Latency=1             | 503 | -31003
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | Operators=nobody          | 503 | -31003
                    {"jsonrpc":"2.0","id":1,"method":"getCompressedAccount"} |                  | 503 | -31003
                    """)
    void namesWhatIsWrong(String body, String wish, int status, int code) {
        Account account = market.openAccount("0.01");

        var refused = wish == null
                ? account.queries().post("/", body)
                : account.queries().post("/", body, ("X-StreamSync-" + wish).split("=", 2));

        assertThat(refused.status()).as(refused.body()).isEqualTo(status);
        assertThat(refused.json().at("/error/code").asInt()).isEqualTo(code);
        assertThat(account.state().path("balance").asString()).isEqualTo("0.01");
        if (code == -31007) {
            assertThat(refused.text("/error/data/reason")).isEqualTo("INVALID_REQUEST");
            assertThat(refused.text("/error/data/parameter")).isEqualTo("X-StreamSync-" + wish.split("=", 2)[0]);
        }
    }

    @Test
    void saysWhatWouldBeCapable() {
        var account = market.openAccount("0.01");
        var asks = market.api()
                .post("/v1/quotes", "{\"method\":\"getBalance\"}")
                .json()
                .path("asks");

        var tooCheap = account.queries().post("/", BALANCE, "X-StreamSync-Max-Price", BELOW_ALL_ASKS);
        var tooFast = account.queries().post("/", BALANCE, "X-StreamSync-Max-Latency", "1ms");

        expect(tooCheap, 503, -31003, "NO_CAPABLE_NODE");
        expect(tooFast, 503, -31003, "NO_CAPABLE_NODE");
        assertThat(new BigDecimal(tooCheap.text("/error/data/cheapestAsk")))
                .isBetween(new BigDecimal(BELOW_ALL_ASKS), Books.decimal(asks.path(0), "price"));
        assertThat(tooFast.json().at("/error/data/fastestGuaranteeMs").asInt())
                .isBetween(
                        2,
                        asks.valueStream()
                                .mapToInt(ask -> ask.path("maxLatencyMs").asInt())
                                .min()
                                .orElseThrow());
    }

    static Stream<Refused> checkedInOrder() {
        return Stream.of(
                new Refused("too large before no key", "", TOO_LARGE, "", 413, -31006),
                new Refused("no key before no JSON", "", "{", "", 401, -31001),
                new Refused("wrong key before no JSON", "ss_query_wrong", "{", "", 401, -31001),
                new Refused("no JSON before a wrong wish", "KEY", "{", "Racers=9", 400, -32700),
                new Refused("a wrong wish before no method", "KEY", call("getFees"), "Racers=9", 400, -31007),
                new Refused("no method before no node", "KEY", call("getFees"), "Operators=nobody", 200, -32601),
                new Refused("no node before no credit", "KEY", call("getSlot"), "Operators=nobody", 503, -31003),
                new Refused("no credit", "KEY", call("getSlot"), "", 402, -31002));
    }

    /// None of these has credit.
    @ParameterizedTest
    @MethodSource("checkedInOrder")
    void namesTheFirstThingThatIsWrong(Refused refused) {
        var account = market.openAccount("0");
        var api = market.api().as("KEY".equals(refused.key()) ? account.apiKey() : refused.key());

        var answer = refused.wish().isEmpty()
                ? api.post("/", refused.body())
                : api.post("/", refused.body(), ("X-StreamSync-" + refused.wish()).split("=", 2));

        assertThat(answer.status()).as(answer.body()).isEqualTo(refused.status());
        assertThat(answer.json().at("/error/code").asInt()).isEqualTo(refused.code());
    }

    @Test
    void takesNoKeyThatManagesAndNoneThatIsRevoked() {
        var account = market.openAccount("0.01");
        var issued = account.management().post("/v1/account/keys", "{\"name\":\"short-lived\",\"scope\":\"query\"}");
        var key = market.api().as(issued.text("/apiKey"));
        await().atMost(Market.PATIENCE).until(() -> key.post("/", BALANCE).status() == 200);

        account.management().send("DELETE", "/v1/account/keys/" + issued.text("/keyId"), "");

        await().atMost(Market.PATIENCE).until(() -> key.post("/", BALANCE).status() == 401);
        expect(account.management().post("/", BALANCE), 401, -31001, "INVALID_KEY");
    }

    @Test
    void holdsAKeyToItsOwnCaps() throws Exception {
        var account = market.openAccount("0.01");
        var issued = account.management()
                .post("/v1/account/keys", "{\"name\":\"capped\",\"scope\":\"query\",\"rateCap\":2}");
        var capped = market.api().as(issued.text("/apiKey"));
        await().atMost(Market.PATIENCE)
                .until(() -> capped.query("getFees", "[]").status() != 401);

        var limited = atOnce(20, () -> capped.post("/", BALANCE))
                .filter(answer -> answer.status() == 429)
                .findFirst()
                .orElseThrow();

        expect(limited, 429, -31004, "RATE_LIMITED");
        assertThat(limited.text("/error/data/cause")).isEqualTo("OWN_CAP");
        assertThat(limited.response().headers().firstValueAsLong("Retry-After").orElseThrow())
                .isPositive();
        assertThat(account.queries().post("/", BALANCE).status())
                .as("another key of the account")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"maxPrice, 503, -31003, NO_CAPABLE_NODE", "dailyCap, 429, -31004, RATE_LIMITED"})
    void holdsAKeyToItsCeilingAndDailyCap(String term, int status, int code, String reason) {
        var account = market.openAccount("0.01");
        var issued = account.management()
                .post(
                        "/v1/account/keys",
                        "{\"name\":\"frugal\",\"scope\":\"query\",\"%s\":\"%s\"}".formatted(term, BELOW_ALL_ASKS));
        var frugal = market.api().as(issued.text("/apiKey"));
        await().atMost(Market.PATIENCE)
                .until(() -> frugal.query("getFees", "[]").status() != 401);

        expect(frugal.post("/", BALANCE, "X-StreamSync-Max-Price", "1"), status, code, reason);
    }

    @Test
    void saysThatCreditCannotBeLeasedWhileBillingHangs() throws Exception {
        var account = market.openAccount("0.01");
        var billing = Processes.of("/services/billing/pid");
        try {
            Processes.signal(billing, "STOP");

            // what lies ready for first queries goes first
            account.queries().post("/", "[" + (BALANCE + ",").repeat(99) + BALANCE + "]");
            var refused = Stream.generate(() -> account.queries().post("/", BALANCE))
                    .filter(answer -> answer.status() != 200)
                    .findFirst()
                    .orElseThrow();

            expect(refused, 503, -31008, "UNAVAILABLE");
        } finally {
            Processes.signal(billing, "CONT");
        }
        await().atMost(Market.PATIENCE)
                .until(() -> account.queries().post("/", BALANCE).status() == 200);
    }

    @Test
    void refusesABatchWholeOrOneByOne() {
        var account = market.openAccount("0.01");

        var tooMany = account.queries().post("/", "[" + (BALANCE + ",").repeat(100) + BALANCE + "]");
        var mixed = account.queries().post("/", "[" + BALANCE + "," + call("getFees") + ",7]");

        expect(tooMany, 413, -31006, "REQUEST_TOO_LARGE");
        assertThat(mixed.status()).as(mixed.body()).isEqualTo(200);
        assertThat(mixed.json().at("/0/result/value").isNumber())
                .as(mixed.body())
                .isTrue();
        assertThat(mixed.json().at("/1/error/code").asInt()).isEqualTo(-32601);
        assertThat(mixed.json().at("/2/error/code").asInt()).isEqualTo(-32600);
    }

    @Test
    void keepsInternalAndManagementPathsFromTheEdge() {
        assertThat(market.api().post("/internal/leases", "{}").status()).isEqualTo(404);
        assertThat(market.api().get("/actuator/env").status()).isEqualTo(404);
        assertThat(market.api().get("/actuator/health").status()).isEqualTo(404);
    }

    private static void expect(Reply refused, int status, int code, String reason) {
        assertThat(refused.status()).as(refused.body()).isEqualTo(status);
        assertThat(refused.json().at("/error/code").asInt()).isEqualTo(code);
        assertThat(refused.text("/error/data/reason")).isEqualTo(reason);
    }

    private static Stream<Reply> atOnce(int times, Callable<Reply> query) throws InterruptedException {
        try (var clients = Executors.newFixedThreadPool(times)) {
            return clients
                    .invokeAll(IntStream.range(0, times).mapToObj(_ -> query).toList())
                    .stream()
                    .map(answer -> answer.resultNow());
        }
    }

    private static String call(String method) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}";
    }

    record Refused(String why, String key, String body, String wish, int status, int code) {

        @Override
        public String toString() {
            return why;
        }
    }
}
