package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.system.Market.Account;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is refused, by which code, and that a refusal costs nothing.
class RefusalTests {

    private static final String BALANCE =
            "{\"jsonrpc\":\"2.0\",\"id\":\"q-7\",\"method\":\"getBalance\",\"params\":[\"11111111111111111111111111111111\"]}";

    private final Market market = Market.running();

    @Test
    void refusesAQueryWithoutAKey() {
        var refused = market.api().post("/", BALANCE);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().at("/error/code").asInt()).isEqualTo(-31001);
        assertThat(refused.text("/error/data/reason")).isEqualTo("INVALID_KEY");
    }

    @Test
    void refusesAQueryWithoutCredit() {
        var account = market.openAccount("0");

        var refused = account.queries().post("/", BALANCE);

        assertThat(refused.status()).isEqualTo(402);
        assertThat(refused.json().at("/error/code").asInt()).isEqualTo(-31002);
        assertThat(refused.text("/id")).isEqualTo("q-7");
    }

    @Test
    void servesADepositAtOnceAfterARefusal() {
        var account = market.openAccount("0");
        account.queries().post("/", BALANCE);

        account.deposit("0.01");

        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(2))
                .until(() -> account.queries().post("/", BALANCE).status() == 200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"jsonrpc":"2.0","id":1,"method":"getBal        |                           | 400 | -32700
                    {"jsonrpc":"2.0","id":1}                        |                           | 400 | -32600
                    {"jsonrpc":"2.0","id":1,"method":"getFees"}     |                           | 200 | -32601
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | X-StreamSync-Racers=9     | 400 | -31007
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | X-StreamSync-Prefer=best  | 400 | -31007
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | X-StreamSync-Max-Price=-1 | 400 | -31007
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | X-StreamSync-Max-Price=0.000000001 | 503 | -31003
                    {"jsonrpc":"2.0","id":1,"method":"getSlot"}     | X-StreamSync-Operators=nobody | 503 | -31003
                    """)
    void namesWhatIsWrong(String body, String header, int status, int code) {
        Account account = market.openAccount("0.01");

        var refused = header == null
                ? account.queries().post("/", body)
                : account.queries().post("/", body, header.split("=", 2));

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.json().at("/error/code").asInt()).isEqualTo(code);
        assertThat(account.state().path("balance").asString()).isEqualTo("0.01");
    }

    @Test
    void refusesABodyAboveOneMebibyte() {
        var account = market.openAccount("0.01");

        var refused = account.queries().query("getBalance", "[\"" + "1".repeat(1 << 20) + "\"]");

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.json().at("/error/code").asInt()).isEqualTo(-31006);
    }

    @Test
    void keepsInternalAndManagementPathsFromTheEdge() {
        assertThat(market.api().post("/internal/leases", "{}").status()).isEqualTo(404);
        assertThat(market.api().get("/actuator/env").status()).isEqualTo(404);
        assertThat(market.api().get("/actuator/health").status()).isEqualTo(404);
    }
}
