package io.streamsync.router.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.market.SolanaMethods;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SameAnswerTests {

    private final SameAnswer same =
            new SameAnswer(SolanaMethods.find("getAccountInfo").orElseThrow(), 100);

    @Test
    void readsShortAnswersByTheirMethod() {
        assertThat(same.test(answer("{\"a\":1,\"b\":2}"), answer("{\"b\":2,\"a\":1}")))
                .isTrue();
        assertThat(same.test(answer("{\"a\":1}"), answer("{\"a\":2}"))).isFalse();
    }

    @Test
    void comparesOnlyTheBytesOfLargeOnes() {
        var long1 = "\"l\":\"" + "x".repeat(100) + "\"";

        assertThat(same.test(answer("{\"a\":1," + long1 + "}"), answer("{\"a\":1," + long1 + "}")))
                .isTrue();
        assertThat(same.test(answer("{\"a\":1," + long1 + "}"), answer("{" + long1 + ",\"a\":1}")))
                .isFalse();
    }

    private static NodeAnswer answer(String value) {
        var body = "{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"slot\":9},\"value\":" + value + "},\"id\":1}";
        return Objects.requireNonNull(NodeAnswer.parse(body.getBytes(UTF_8), "getAccountInfo", "1"));
    }
}
