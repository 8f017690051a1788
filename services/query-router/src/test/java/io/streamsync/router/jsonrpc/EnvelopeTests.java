package io.streamsync.router.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.jsonrpc.Envelope.Batch;
import io.streamsync.router.jsonrpc.Envelope.Element;
import io.streamsync.router.jsonrpc.Envelope.Single;
import io.streamsync.router.jsonrpc.Envelope.Unreadable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "0",
                "-7",
                "18446744073709551615",
                "1.50",
                "1e3",
                "null",
                "\"1\"",
                "\"\"",
                "\"a\\u00e9\\n\"",
                "\"\\ud83d\\ude00\"",
                "\"8f0c5a1e-ü\""
            })
    void echoesTheIdAsItWasWritten(String id) {
        var call = call("{ \"jsonrpc\": \"2.0\", \"id\": " + id + " , \"method\":\"getSlot\"}");

        assertThat(new String(call.id(), UTF_8)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "[\"x\",{\"encoding\":\"base64\",\"minContextSlot\":18446744073709551615}]",
                "[ 1.0 , -0, true,null ]",
                "[\"\\\"]}\"]",
                "{\"owner\":\"é\"}"
            })
    void passesTheParamsUnchanged(String params) {
        var call = call("{\"params\":" + params + ",\"method\":\"getBalance\",\"id\":\"a\",\"jsonrpc\":\"2.0\"}");

        assertThat(new String(call.toNode("getBalance", 1), UTF_8))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getBalance\",\"params\":" + params + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"getSlot\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"getSlot\",\"params\":null}"
            })
    void sendsNoParamsWhereThereAreNone(String request) {
        assertThat(new String(call(request).toNode("getSlot", 1), UTF_8))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\"}");
    }

    @Test
    void readsAMethodWrittenWithEscapes() {
        assertThat(call("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"get\\u0053lot\"}")
                        .method())
                .isEqualTo("getSlot");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\"} {}",
                "{\"jsonrpc\":\"2.0\",\"id\":01,\"method\":\"getSlot\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\",\"params\":[NaN]}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"get\tSlot\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\",\"params\":[\"\\ud800\"]}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\",\"params\":[\"\\udc00x\"]}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\",\"params\":[\"\\q\"]}",
                "{'jsonrpc':'2.0'}",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\"},]"
            })
    void refusesWhatIsNoJson(String request) {
        assertThat(refusal(request.getBytes(UTF_8))).isEqualTo(RefusalCode.PARSE_ERROR);
    }

    @Test
    void refusesInvalidUtf8() {
        for (var invalid : new int[][] {
            {0x80}, {0xc0, 0x80}, {0xc3}, {0xe0, 0x80, 0x80}, {0xed, 0xa0, 0x80}, {0xf4, 0x90, 0x80, 0x80}, {0xff}, {0}
        }) {
            assertThat(refusal(withParam(invalid))).isEqualTo(RefusalCode.PARSE_ERROR);
        }
    }

    @Test
    void refusesUtf16() {
        var request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\"}".getBytes(UTF_16LE);

        assertThat(refusal(request)).isEqualTo(RefusalCode.PARSE_ERROR);
    }

    @Test
    void refusesAByteOrderMark() {
        var request = "\ufeff{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\"}".getBytes(UTF_8);

        assertThat(refusal(request)).isEqualTo(RefusalCode.PARSE_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "\"getSlot\"", "true", "[]"})
    void refusesWhatIsNoRequest(String request) {
        assertThat(refusal(request.getBytes(UTF_8))).isEqualTo(RefusalCode.INVALID_JSON_RPC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":1,\"method\":\"getSlot\"}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"getSlot\"}",
                "{\"jsonrpc\":2.0,\"id\":1,\"method\":\"getSlot\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":[\"getSlot\"]}",
                "{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"getSlot\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{\"a\":[1]},\"method\":\"getSlot\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\",\"params\":7}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\",\"params\":\"x\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":1,\"method\":\"getSlot\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\",\"method\":\"getBalance\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\",\"params\":[],\"params\":[1]}",
                "{\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\"}"
            })
    void refusesWhatIsNoCall(String request) {
        assertThat(element(request)).isInstanceOf(Element.Invalid.class);
    }

    @Test
    void keepsTheIdOfWhatIsNoCall() {
        var invalid = (Element.Invalid) element("{\"id\":\"a7\",\"jsonrpc\":\"2.0\"}");

        assertThat(new String(invalid.id(), UTF_8)).isEqualTo("\"a7\"");
    }

    @Test
    void refusesWhatIsNestedDeeperThanAnyQuery() {
        var nested = "[".repeat(65) + "]".repeat(65);

        assertThat(refusal(("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\",\"params\":" + nested + "}")
                        .getBytes(UTF_8)))
                .isEqualTo(RefusalCode.INVALID_JSON_RPC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999",
                "-1.5e400",
                "1" + "00000000000000000000000000000000000000000000000000000000000"
                        + "00000000000000000000000000000000000000000000000000000000000"
            })
    void refusesNumbersThatNodesCannotHold(String number) {
        assertThat(refusal(("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\",\"params\":[" + number + "]}")
                        .getBytes(UTF_8)))
                .isEqualTo(RefusalCode.INVALID_JSON_RPC);
    }

    @Test
    void ignoresMembersThatItDoesNotKnow() {
        assertThat(element("{\"jsonrpc\":\"2.0\",\"extra\":{\"id\":[2]},\"id\":1,\"method\":\"getSlot\"}"))
                .isInstanceOf(Call.class);
    }

    @Test
    void recognisesANotification() {
        assertThat(element("{\"jsonrpc\":\"2.0\",\"method\":\"getSlot\"}")).isInstanceOf(Element.Notification.class);
    }

    @Test
    void keepsTheOrderOfABatch() {
        var envelope = Envelope.read(
                "[{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"getSlot\"}, 7 ,{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"getBalance\",\"params\":[\"x\"]}]"
                        .getBytes(UTF_8));

        var elements = ((Batch) envelope).elements();
        assertThat(elements).hasSize(3);
        assertThat(((Call) elements.get(0)).method()).isEqualTo("getSlot");
        assertThat(elements.get(1)).isInstanceOf(Element.Invalid.class);
        assertThat(new String(((Call) elements.get(2)).toNode("getBalance", 1), UTF_8))
                .endsWith("\"params\":[\"x\"]}");
    }

    @Test
    void refusesABatchBeyondAHundredCalls() {
        var call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\"}";

        assertThat(Envelope.read(("[" + (call + ",").repeat(99) + call + "]").getBytes(UTF_8)))
                .isInstanceOf(Batch.class);
        assertThat(refusal(("[" + (call + ",").repeat(100) + call + "]").getBytes(UTF_8)))
                .isEqualTo(RefusalCode.REQUEST_TOO_LARGE);
        assertThat(refusal(("[" + "7,".repeat(101) + "nonsense").getBytes(UTF_8)))
                .isEqualTo(RefusalCode.REQUEST_TOO_LARGE);
    }

    @Test
    void putsTheNodesBytesBetweenTheEnvelopeAndTheClientsId() {
        var node = "{\"jsonrpc\":\"2.0\",\"result\":{\"rentEpoch\":18446744073709551615},\"id\":1}".getBytes(UTF_8);

        var response = JsonRpcResponse.result(node, 26, 60, "\"x\"".getBytes(UTF_8));

        assertThat(text(response))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"result\":{\"rentEpoch\":18446744073709551615},\"id\":\"x\"}")
                .hasSize(response.length());
    }

    @Test
    void givesARefusalsReason() {
        var refusal = Refusal.of(RefusalCode.INVALID_REQUEST).with("parameter", "X-StreamSync-Racers");

        assertThat(text(JsonRpcResponse.refusal(refusal)))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-31007,\"message\":"
                        + "\"Invalid StreamSync header or parameter\",\"data\":{\"reason\":\"INVALID_REQUEST\","
                        + "\"parameter\":\"X-StreamSync-Racers\"}},\"id\":null}");
    }

    @Test
    void refusesAnUnknownMethodInTheWordsOfANode() {
        assertThat(text(JsonRpcResponse.refusal(Refusal.of(RefusalCode.METHOD_NOT_FOUND), new byte[] {'4'})))
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32601,\"message\":\"Method not found\"},\"id\":4}");
    }

    private static byte[] withParam(int[] bytes) {
        var before = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\",\"params\":[\"".getBytes(UTF_8);
        var after = "\"]}".getBytes(UTF_8);
        var request = new byte[before.length + bytes.length + after.length];
        System.arraycopy(before, 0, request, 0, before.length);
        for (var i = 0; i < bytes.length; i++) {
            request[before.length + i] = (byte) bytes[i];
        }
        System.arraycopy(after, 0, request, before.length + bytes.length, after.length);
        return request;
    }

    private static Call call(String request) {
        return (Call) element(request);
    }

    private static Element element(String request) {
        return ((Single) Envelope.read(request.getBytes(UTF_8))).element();
    }

    private static RefusalCode refusal(byte[] request) {
        return ((Unreadable) Envelope.read(request)).refusal().code();
    }

    private static String text(JsonRpcResponse response) {
        return new String(response.head(), UTF_8)
                + new String(response.body(), response.from(), response.to() - response.from(), UTF_8)
                + new String(response.tail(), UTF_8);
    }
}
