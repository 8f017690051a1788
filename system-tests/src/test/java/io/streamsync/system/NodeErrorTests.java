package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.system.Market.Account;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// A node's own errors come through the market as the node says them.
class NodeErrorTests {

    private static final String NEVER_SENT = "1".repeat(64);

    private static JsonNode resent;

    private final Market market = Market.running();
    private final Account account = market.openAccount("0.10");
    private final ClientLog log = new ClientLog();

    /// A transaction of version 0, and one that nobody pays for.
    @BeforeAll
    static void send() {
        resent = JavaScriptClient.run(Market.running().openAccount("1.00"), "resend", List.of())
                .result();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    -32601 | getRecentBlockhash      | []
                    -32601 | getConfirmedBlock       | [1]
                    -32601 | getStakeActivation      | ["11111111111111111111111111111111"]
                    -32602 | getBalance              | ["no address"]
                    -32602 | getBalance              | []
                    -32602 | getAccountInfo          | ["11111111111111111111111111111111",{"encoding":"wrong"}]
                    -32602 | getSlot                 | {}
                    -32001 | getBlock                | [1]
                    -32004 | getBlock                | [9999999999]
                    -32020 | getSignaturesForAddress | ["11111111111111111111111111111111",{"before":"NEVER_SENT"}]
                    -32015 | getTransaction          | ["VERSIONED",{"commitment":"confirmed"}]
                    -32002 | sendTransaction         | ["UNPAID",{"encoding":"base64"}]
                    """)
    void comeUnchanged(int code, String method, String params) {
        expectTheNodesOwn(
                code,
                method,
                params.replace("NEVER_SENT", NEVER_SENT)
                        .replace("VERSIONED", resent.path("signature").asString())
                        .replace("UNPAID", resent.path("unpaid").asString()));
    }

    @Test
    void sayThatASlotWasSkippedWhenAllNodesSaySo() {
        var tip = market.node().query("getSlot", "[]").json().path("result").asLong();
        var produced = market.node()
                .query("getBlocks", "[%d,%d]".formatted(tip - 64, tip))
                .json()
                .path("result")
                .valueStream()
                .map(JsonNode::asLong)
                .toList();
        var skipped = LongStream.rangeClosed(produced.getFirst(), produced.getLast())
                .filter(slot -> !produced.contains(slot))
                .findFirst()
                .orElseThrow();

        expectTheNodesOwn(-32007, "getBlock", "[%d]".formatted(skipped));
    }

    private void expectTheNodesOwn(int code, String method, String params) {
        var direct = market.node().query(method, params);

        var raced = log.add(account.queries().query(method, params, "X-StreamSync-Max-Latency", "9s"));

        assertThat(direct.json().at("/error/code").asInt()).isEqualTo(code);
        assertThat(raced.status()).isEqualTo(200);
        assertThat(raced.body()).isEqualTo(direct.body());
        Books.agree(account, "0.10", log);
    }
}
