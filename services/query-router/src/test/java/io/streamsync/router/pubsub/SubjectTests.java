package io.streamsync.router.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.jsonrpc.Call;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which subscriptions are the same, however they are written.
class SubjectTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ["A"]                                                   | ["A"]
            [ "A" , { "encoding":"base64" , "commitment":"confirmed" } ] | ["A",{"commitment":"confirmed","encoding":"base64"}]
            ["A",{"commitment":"finalized"}]                        | ["A"]
            ["A",{"commitment":null}]                               | ["A"]
            ["A",{}]                                                | ["A"]
            ["A",null]                                              | ["A"]
            [null,"A"]                                              | [null,"A"]
            ["\\u0041"]                                             | ["A"]
            [{"mentions":["A"]}]                                    | [{"mentions":["A"]}]
            [{"mentions":[]}]                                       | [{"mentions":[]}]
            ["A",{"filters":[{"dataSize":1.0},{"memcmp":{"offset":4,"bytes":"x"}}]}] | ["A",{"filters":[{"dataSize":1.0},{"memcmp":{"bytes":"x","offset":4}}]}]
            ["A",{"x":true,"y":18446744073709551615}]               | ["A",{"x":true,"y":18446744073709551615}]
            ["A",{"x":1,"x":2}]                                     | ["A",{"x":1,"x":2}]
            ["a\\"b"]                                               | ["a\\"b"]
            ["a\\n\\u0000\\u001f",{"\\u0001":1}]                     | ["a\\n\\u0000\\u001F",{"\\u0001":1}]
            []                                                      | []
            """)
    void readsWhatIsMeant(String params, String canonical) {
        var body = params.getBytes(UTF_8);

        var subject = Subject.of(SubscriptionKind.ACCOUNT, new Call(new byte[0], "m", body, 0, body.length));

        assertThat(subject.params()).isEqualTo(canonical);
    }
}
