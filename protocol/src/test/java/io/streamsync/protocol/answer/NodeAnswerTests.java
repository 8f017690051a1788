package io.streamsync.protocol.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.NodeAnswer.Kind;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeAnswerTests {

    private static final String ACCOUNT = "{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"apiVersion\":\"3.0.4\","
            + "\"slot\":312345678},\"value\":{\"data\":[\"AAE=\",\"base64\"],\"lamports\":5,"
            + "\"rentEpoch\":18446744073709551615}},\"id\":7}";

    @Test
    void findsTheResultAndItsSlot() {
        var answer = parsed(ACCOUNT, "getAccountInfo");

        assertThat(answer.kind()).isEqualTo(Kind.RESULT);
        assertThat(answer.slot()).isEqualTo(OptionalLong.of(312_345_678));
        assertThat(span(answer)).startsWith("{\"context\"").endsWith("18446744073709551615}}");
    }

    @Test
    void findsTheError() {
        var answer = parsed(
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32016,\"message\":\"x\",\"data\":{\"contextSlot\":5}},"
                        + "\"id\":7}",
                "getBalance");

        assertThat(answer.kind()).isEqualTo(Kind.ERROR);
        assertThat(answer.errorCode()).isEqualTo(-32_016);
        assertThat(answer.slot()).isEmpty();
        assertThat(span(answer)).startsWith("{\"code\"").endsWith("5}}");
    }

    @Test
    void takesTheAbsoluteSlotOfGetEpochInfo() {
        var answer = parsed(result("{\"absoluteSlot\":312,\"blockHeight\":300,\"epoch\":1}"), "getEpochInfo");

        assertThat(answer.slot()).isEqualTo(OptionalLong.of(312));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "getEpochInfo | {\"absoluteSlot\":312,\"blockHeight\":312} | true",
                "getEpochInfo | {\"absoluteSlot\":312,\"blockHeight\":313} | false",
                "getEpochInfo | {\"blockHeight\":313,\"absoluteSlot\":312} | false",
                "getEpochInfo | {\"blockHeight\":313} | true",
                "getLatestBlockhash | {\"context\":{\"slot\":5},\"value\":{\"lastValidBlockHeight\":155}} | true",
                "getLatestBlockhash | {\"context\":{\"slot\":5},\"value\":{\"lastValidBlockHeight\":156}} | false",
                "getLatestBlockhash | {\"value\":{\"lastValidBlockHeight\":156},\"context\":{\"slot\":5}} | false",
                "getBalance | {\"context\":{\"slot\":5},\"value\":{\"lastValidBlockHeight\":156}} | true"
            })
    void takesNoBlockHeightAboveTheSlot(String method, String result, boolean taken) {
        assertThat(NodeAnswer.parse(result(result).getBytes(StandardCharsets.UTF_8), method, "7") != null)
                .isEqualTo(taken);
    }

    private static String result(String result) {
        return "{\"jsonrpc\":\"2.0\",\"result\":" + result + ",\"id\":7}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"312", "  312 ", "312\t\r\n"})
    void takesTheResultOfGetSlotAsItsSlot(String number) {
        var answer = parsed("{\"jsonrpc\":\"2.0\",\"result\":" + number + ",\"id\":7}", "getSlot");

        assertThat(answer.slot()).isEqualTo(OptionalLong.of(312));
        assertThat(span(answer)).isEqualTo("312");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "-1.5e3",
                "0",
                "\"a b\\\"}\"",
                "\"\"",
                "[]",
                "[ ]",
                "{}",
                "[1,[2,{\"result\":3}]]",
                "{\"a\":{\"context\":{\"slot\":\"x\"}}}",
                "\"é😀\\u00e9\"",
                "18446744073709551615"
            })
    void cutsOutTheResultByteForByte(String result) {
        for (var body : new String[] {
            "{\"jsonrpc\":\"2.0\",\"result\":" + result + ",\"id\":7}",
            "{\"id\":7,\"jsonrpc\":\"2.0\",\"result\":" + result + "}",
            " { \"jsonrpc\" : \"2.0\" , \"result\" :\n" + result + " , \"x\" : [1] , \"id\" : 7 } \n"
        }) {
            assertThat(span(parsed(body, "getGenesisHash"))).isEqualTo(result);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"7 | 7", "\"a\" | \"a\"", "null | null", "\"\\u0061\" | \"a\"", "\"é\" | \"\\u00e9\"", "1.5 | 1.5"
            })
    void knowsItsIdHoweverItIsWritten(String written, String expected) {
        assertThat(NodeAnswer.parse(
                        bytes("{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":" + written + "}"), "getSlot", expected))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"7 | 8", "\"7\" | 7", "7 | \"7\"", "null | 7", "[7] | 7", "{} | 7", "77 | 7", "\"b\" | \"a\""})
    void refusesAnotherId(String written, String expected) {
        assertThat(NodeAnswer.parse(
                        bytes("{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":" + written + "}"), "getSlot", expected))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "7",
                "[]",
                "{}",
                "<html>502</html>",
                "{\"jsonrpc\":\"2.0\",\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"result\":1}",
                "{\"result\":1,\"id\":7}",
                "{\"jsonrpc\":\"1.0\",\"result\":1,\"id\":7}",
                "{\"jsonrpc\":2.0,\"result\":1,\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"result\":1,\"error\":{\"code\":1},\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"result\":null,\"error\":null,\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"error\":null,\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"error\":\"no\",\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"error\":{},\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":\"-1\"},\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":1.5},\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":99999999999},\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":1,\"code\":2},\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"result\":1,\"result\":2,\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":7,\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\",\"result\":1,\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"r\\u0065sult\":1,\"result\":2,\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":7}x",
                "{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":7}{}",
                "{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":7",
                "{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":7,}",
                "{\"jsonrpc\":\"2.0\",\"result\":01,\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"result\":NaN,\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"result\":'a',\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"result\":/**/1,\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"slot\":1},\"context\":{\"slot\":2}},\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"slot\":1,\"slot\":2}},\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"slot\":-1}},\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"slot\":\"1\"}},\"id\":7}",
                "{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"slot\":18446744073709551615}},\"id\":7}"
            })
    void refusesWhatIsNoAnswer(String body) {
        assertThat(NodeAnswer.parse(bytes(body), "getBalance", "7")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"312\"", "-1", "1.5", "[]"})
    void refusesASlotThatIsNone(String result) {
        assertThat(NodeAnswer.parse(bytes("{\"jsonrpc\":\"2.0\",\"result\":" + result + ",\"id\":7}"), "getSlot", "7"))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
    void readsUtf8Only(String charset) {
        assertThat(NodeAnswer.parse(ACCOUNT.getBytes(Charset.forName(charset)), "getAccountInfo", "7"))
                .isNull();
    }

    @Test
    void refusesDeepNesting() {
        var fine = "[".repeat(250) + "]".repeat(250);
        var deep = "[".repeat(257) + "]".repeat(257);

        assertThat(span(parsed("{\"jsonrpc\":\"2.0\",\"result\":" + fine + ",\"id\":7}", "getBlock")))
                .isEqualTo(fine);
        assertThat(NodeAnswer.parse(bytes("{\"jsonrpc\":\"2.0\",\"result\":" + deep + ",\"id\":7}"), "getBlock", "7"))
                .isNull();
    }

    @Test
    void survivesWhateverANodeSends() {
        var random = new Random(3);
        var body = bytes(ACCOUNT);
        for (var length = 0; length < body.length; length++) {
            assertThat(NodeAnswer.parse(Arrays.copyOf(body, length), "getAccountInfo", "7"))
                    .isNull();
        }
        for (var i = 0; i < 20_000; i++) {
            var damaged = body.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            var answer = NodeAnswer.parse(damaged, "getAccountInfo", "7");

            assertThat(answer == null || (answer.from() < answer.to() && answer.to() < damaged.length))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "[ ]",
                "{\"context\":{\"slot\":1},\"value\":null}",
                "{\"context\":{\"slot\":1},\"value\":[ ]}",
                "{\"value\":[],\"context\":{\"slot\":1}}",
                "{\"context\":{\"slot\":1},\"value\":{\"cursor\":null,\"items\":[]}}",
                "{\"total\":0,\"limit\":10,\"page\":1,\"items\":[]}"
            })
    void knowsAbsence(String result) {
        assertThat(Answers.result("getBalance", result).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "false",
                "\"\"",
                "{}",
                "[null]",
                "[[]]",
                "{\"context\":{\"slot\":1},\"value\":0}",
                "{\"context\":{\"slot\":1},\"value\":{}}",
                "{\"context\":{\"slot\":1},\"value\":[null]}",
                "{\"context\":{\"slot\":1},\"value\":{\"value\":null}}",
                "{\"context\":{\"slot\":1}}",
                "{\"content\":{\"items\":[]}}",
                "{\"total\":1,\"items\":[{}]}"
            })
    void knowsContent(String result) {
        assertThat(Answers.result("getBalance", result).isEmpty()).isFalse();
    }

    @Test
    void isNeverEmptyAsAnError() {
        assertThat(Answers.error("getBalance", -32_602).isEmpty()).isFalse();
    }

    private static NodeAnswer parsed(String body, String method) {
        return nonNull(NodeAnswer.parse(bytes(body), method, "7"));
    }

    private static NodeAnswer nonNull(@Nullable NodeAnswer answer) {
        if (answer == null) {
            throw new AssertionError("refused");
        }
        return answer;
    }

    private static String span(NodeAnswer answer) {
        return new String(answer.body(), answer.from(), answer.to() - answer.from(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
