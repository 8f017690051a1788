package io.streamsync.protocol.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerHeadTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"apiVersion\":\"3.1.0\",\"slot\":90},\"value\":[{\"a",
                "{\"jsonrpc\":\"2.0\",\"id\":17,\"result\":{\"context\":{\"slot\":90},\"value\":{\"data\":[\"AAAA",
                " { \"id\" : 17 , \"result\" : { \"size\" : 5, \"context\" : { \"slot\" : 90 } , \"val",
                "{\"usage\":{\"a\":[1,2]},\"result\":{\"context\":{\"slot\":90},\"value\":["
            })
    void tellsTheSlotOfTheContext(String head) {
        assertThat(read(head)).isEqualTo(new AnswerHead(OptionalLong.of(90), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"result\":[{\"account\":{\"data\":\"",
                "{\"jsonrpc\":\"2.0\",\"result\":{\"blockhash\":\"Abc\",\"transactions\":[{",
                "{\"jsonrpc\":\"2.0\",\"result\":{\"value\":[1,2],\"context\":{\"slot\":90}",
                "{\"jsonrpc\":\"2.0\",\"result\":{\"log\":\"xxxxxxxxxxxxxxxxxxxxxxxx",
                "{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"apiVersion\":\"3"
            })
    void tellsNoSlotThatIsNotAtTheHead(String head) {
        assertThat(read(head)).isEqualTo(new AnswerHead(OptionalLong.empty(), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[{\"jsonrpc\":\"2.0\",\"result\":[",
                "{\"jsonrpc\":\"1.0\",\"result\":[",
                "{\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\",\"result\":[",
                "{\"jsonrpc\":\"2.0\",\"id\":18,\"result\":[",
                "{\"jsonrpc\":\"2.0\",\"id\":\"17\",\"result\":[",
                "{\"jsonrpc\":\"2.0\",\"id\":17,\"id\":17,\"result\":[",
                "{\"jsonrpc\":\"2.0\",\"id\":[17],\"result\":[",
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":1,\"message\":\"",
                "{\"jsonrpc\":\"2.0\",\"result\":\"xxxxxxxxxxxxxxxxxxxxxx",
                "{\"jsonrpc\":\"2.0\",\"result\":11111111111111111111111",
                "{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"slot\":-1},\"value\":[",
                "{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"slot\":\"90\"},\"value\":[",
                "{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"slot\":1e3},\"value\":[",
                "{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"slot\":99999999999999999999},\"value\":[",
                "{\"jsonrpc\":\"2.0\",\"result\":{]",
                "{\"padding\":\"xxxxxxxxxxxxxxxxxxx"
            })
    void refusesWhatIsNoBeginningOfALongAnswer(String head) {
        assertThat(read(head)).isNull();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '!', textBlock = """
            getBlock,            true,  {"blockhash":"a"
            getBlock,            false, [{"blockhash":"a"
            getProgramAccounts,  true,  [{"pubkey":"a"
            getProgramAccounts,  true,  !{"context":{"slot":90},"value":[{"pubkey":"a"!
            getProgramAccounts,  false, !{"context":{"slot":90},"value":{"pubkey":"a"!
            getProgramAccounts,  false, !{"value":[],"context":{"slot":90}!
            getMultipleAccounts, false, [{"lamports":1
            """)
    void tellsWhetherItBeginsLikeAResultOfTheMethod(String method, boolean shaped, String result) {
        var head = AnswerHead.read(("{\"jsonrpc\":\"2.0\",\"result\":" + result).getBytes(UTF_8), method, "17");

        assertThat(head).isNotNull().extracting(AnswerHead::shaped).isEqualTo(shaped);
    }

    private static @Nullable AnswerHead read(String head) {
        return AnswerHead.read(head.getBytes(UTF_8), "aMethodOfTomorrow", "17");
    }
}
