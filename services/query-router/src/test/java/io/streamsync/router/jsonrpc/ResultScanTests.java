package io.streamsync.router.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.NodeAnswer;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultScanTests {

    private static final String RESULT = "{\"a\\\"}\":[1,{\"b\":\"]}\\\\\"}, \"é\\u007d\" ],\"result\":{}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"result\":%s,\"id\":17}",
                "{\"id\":17,\"jsonrpc\":\"2.0\",\"result\":%s}",
                " {\n\"x\" : {\"result\":[1], \"y\":\"\\\"result\\\":\"}, \"result\"\t: %s , \"id\" : 17 } \n"
            })
    void findsTheResultHoweverTheAnswerIsCut(String answer) {
        var bytes = answer.formatted(RESULT).getBytes(UTF_8);
        var random = new Random(7);
        for (var round = 0; round < 200; round++) {
            var scan = new ResultScan();
            var result = new ByteArrayOutputStream();
            for (var at = 0; at < bytes.length; ) {
                var end = Math.min(bytes.length, at + 1 + random.nextInt(round + 1));
                assertThat(scan.scan(bytes, at, end)).isTrue();
                result.write(bytes, scan.from(), scan.to() - scan.from());
                at = end;
            }
            assertThat(result.toString(UTF_8)).isEqualTo(RESULT);
            assertThat(new String(scan.envelope(), UTF_8)).isEqualTo(answer.formatted("0"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"result\":\"text\",\"id\":17}",
                "{\"jsonrpc\":\"2.0\",\"result\":[[],\"id\":17}",
                "{\"jsonrpc\":\"2.0\",\"result\":[\"unended],\"id\":17}",
                "{\"jsonrpc\":\"2.0\",\"error\":{\"result\":[]},\"id\":17}",
                "{\"jsonrpc\":\"2.0\",\"resul\\u0074\":[],\"id\":17}",
                "[{\"result\":[]}]",
                "\"result\":[]",
                ""
            })
    void findsNoneWhereThereIsNone(String answer) {
        var bytes = answer.getBytes(UTF_8);
        var scan = new ResultScan();

        assertThat(scan.scan(bytes, 0, bytes.length) ? NodeAnswer.parse(scan.envelope(), "", "17") : null)
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"x\":\"%s\",\"result\":[]}", "{\"result\":[],\"x\":\"%s\"}"})
    void holdsNoEnvelopeThatIsLong(String answer) {
        var bytes = answer.formatted("x".repeat(10_000)).getBytes(UTF_8);

        assertThat(new ResultScan().scan(bytes, 0, bytes.length)).isFalse();
    }
}
