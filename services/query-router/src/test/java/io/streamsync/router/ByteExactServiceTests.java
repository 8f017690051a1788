package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.router.node.HonestResults;
import io.streamsync.router.node.ScriptedNode.Said;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a node says reaches the client to the byte, for every method and for every row of the error table.
class ByteExactServiceTests extends StartedRouter {

    private static final List<String> IDS = List.of(
            "1",
            "\"a\\u0062\\n\\\"\"",
            "123456789012345678901234567890",
            "1.50",
            "-0",
            "1E3",
            "\"\"",
            "\"18446744073709551615\"",
            "\"\ud83d\ude00é\"",
            "null");

    private static final String OBJECT = "{ \"z\":18446744073709551615,\"a\" : 1e400, \"a\":-0.0,"
            + "\"\\u0061\":\"\\ud83d\\ude00\\u00e9\\/é\", \"\":[ 1 ,2.50,1E+2 ],\"n\":null,\"t\":{} }";

    static Stream<Arguments> methods() {
        var methods = List.copyOf(SolanaMethods.all());
        return IntStream.range(0, methods.size()).mapToObj(i -> Arguments.of(methods.get(i), IDS.get(i % IDS.size())));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void passesTheResultOn(SolanaMethod method, String id) {
        var result = HonestResults.of(method.name(), form -> switch (form) {
            case "number", "integer" -> method.name().equals("getSlot") ? "90" : number(method);
            case "text" -> "\"\\u006f\\u006B\"";
            case "hash" -> "\"\\u0034" + "4".repeat(42) + '"';
            case "signature" -> '"' + "1".repeat(64) + '"';
            case "flag" -> "true";
            case "list" -> "[ 18446744073709551615 ," + OBJECT + ",\t1.0E+2, null]";
            default -> OBJECT;
        });
        var said = result.replace("\"slot\":90", " \"apiVersion\":\"\\u0033\" , \"slot\" : 90 ");
        Stream.of(market.nodes(), market.scanners(), market.indexers())
                .flatMap(List::stream)
                .forEach(
                        node -> node.says(asked -> HonestResults.methodOf(asked).equals(method.name())
                                ? Said.result(said)
                                : HonestResults.to(asked)));

        var response = rpc(RICH, call(id, method.name(), "[\"" + method.name() + "\"]"));

        if (method.name().equals("getGenesisHash")) {
            // the hash is compared as it is written: another way of writing it is another hash
            assertThat(response.statusCode()).isEqualTo(504);
            return;
        }
        assertThat(response.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"result\":" + said + ",\"id\":" + id + "}");
        assertThat(response.statusCode()).isEqualTo(200);
    }

    private static String number(SolanaMethod method) {
        return method.name().equals("getBlockHeight") ? "80" : "18446744073709551615";
    }

    /// When everybody says the same: what it costs, and that it is told as it was said.
    @ParameterizedTest
    @CsvSource({
        "-32600, 0.000004",
        "-32602, 0.000004",
        "-32003, 0.000004",
        "-32006, 0.000004",
        "-32013, 0.000004",
        "-32015, 0.000004",
        "-32017, 0.000004",
        "-32018, 0.000004",
        "-32002, 0.000004",
        "-32007, 0.000004",
        "-32009, 0.000004",
        "-32016, 0.000004",
        "-32020, 0.000004",
        "-32099, 0.000004",
        "-32601, 0",
        "-32001, 0",
        "-32008, 0",
        "-32010, 0",
        "-32011, 0",
        "-32004, 0",
        "-32014, 0",
        "-32005, 0"
    })
    void passesTheErrorOn(int code, String price) {
        var error = "{ \"data\":" + OBJECT + ",\"message\":\"\\u0061 é\", \"code\" : " + code + " }";
        market.allSay(Said.error(error));

        var response = rpc(RICH, call("\"e\\u0031\"", "getTransaction", "[\"a\"]"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"error\":" + error + ",\"id\":\"e\\u0031\"}");
        assertThat(response.headers().firstValue("X-StreamSync-Price")).hasValue(price);
        assertThat(response.headers().firstValue("X-StreamSync-Race")).isPresent();
        assertThat(response.headers().firstValue("X-StreamSync-Node").isPresent())
                .isEqualTo(!price.equals("0"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-32700, -32603, -32012, -32019, 429, -32429})
    void answersWithNobodysFaults(int code) {
        market.allSay(Said.error(code, "words"));

        assertThat(rpc(RICH, call("1", "getTransaction", "[\"a\"]")).statusCode())
                .isEqualTo(504);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "getConfirmedBlock",
                "getConfirmedBlocks",
                "getConfirmedBlocksWithLimit",
                "getConfirmedTransaction",
                "getConfirmedSignaturesForAddress2",
                "getRecentBlockhash",
                "getFees",
                "getFeeRateGovernor",
                "getFeeCalculatorForBlockhash",
                "getStakeActivation",
                "getSnapshotSlot"
            })
    void answersRemovedMethodsLikeANode(String method) {
        var before = market.asked();

        var response = rpc(RICH, call("\"7\"", method, "[]"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32601,\"message\":\"Method not found\"},\"id\":\"7\"}");
        assertThat(market.asked()).isEqualTo(before);
    }
}
