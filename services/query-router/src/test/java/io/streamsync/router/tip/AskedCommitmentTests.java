package io.streamsync.router.tip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.protocol.tip.Commitment;
import io.streamsync.router.jsonrpc.Call;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedCommitmentTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                            | FINALIZED
            ["a"]                                                         | FINALIZED
            ["a",{"encoding":"base64"}]                                   | FINALIZED
            ["a",{"preflightCommitment":"processed"}]                     | FINALIZED
            [{"commitment":"processed"}]                                  | PROCESSED
            ["a",{"commitment":"confirmed"}]                              | CONFIRMED
            ["a",{"c":1,"comm":2,"commitment" : "confirmed"}]             | CONFIRMED
            {"commitment":"confirmed"}                                    | CONFIRMED
            ["a",{"\\u0063ommitment":"confirmed"}]                       | CONFIRMED
            ["a",{"commitment":"max"}]                                    |
            ["a",{"commitment":1}]                                        |
            ["a",{"commitment":"confirmed","commitment":"processed"}]     |
            [{"commitment":"confirmed"},{"commitment":"confirmed"}]       |
            """)
    void readsWhatACallAsksFor(String params, @Nullable Commitment asked) {
        var body = params.getBytes(UTF_8);
        var call = new Call("1".getBytes(UTF_8), "getBalance", body, params.isEmpty() ? -1 : 0, body.length);

        assertThat(AskedCommitment.of(call)).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            getTransaction    | ["s"]                                                | false
            getTransaction    | ["s","json"]                                         | false
            getTransaction    | ["s",{"commitment":"finalized"}]                     | false
            getTransaction    | ["s",{"commitment":null}]                            | false
            getTransaction    | ["commitment","confirmed"]                           | false
            getTransaction    | ["s",{"x":{"commitment":"confirmed"}}]               | false
            getTransaction    | ["s",{"encoding":"json","commitment":"confirmed"}]   | true
            getTransaction    | ["s",{"commitm\\u0065nt":"processed"}]             | true
            getTransaction    | ["s",{"commitment":["finalized"]}]                   | true
            getInflationReward| [["a","b"],{"commitment":"confirmed"}]               | true
            getTransactionWithCompressionInfo | {"commitment":"confirmed"}           | true
            getBlock          | ``                                                   | false
            getBalance        | ["s",{"commitment":"confirmed"}]                     | false
            """)
    void comparesHistoryBelowFinalizedAsWhatMayStillChange(String name, String params, boolean below) {
        var method = SolanaMethods.find(name).orElseThrow();
        var body = params.getBytes(UTF_8);
        var call = new Call("1".getBytes(UTF_8), name, body, params.isEmpty() ? -1 : 0, body.length);

        assertThat(AskedCommitment.compared(method, AskedCommitment.of(call)))
                .isEqualTo(below ? method.belowFinalized() : method);
    }
}
