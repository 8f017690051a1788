package io.streamsync.router.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.tip.Commitment;
import io.streamsync.protocol.tip.NodeTips;
import io.streamsync.protocol.tip.Reach;
import io.streamsync.protocol.tip.Tip;
import io.streamsync.router.tip.Session;
import io.streamsync.router.tip.Sessions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WitnessedTests {

    private static final long NOW = 1_000_000;
    private static final NodeTips NODE = _ -> new Tip(1_000, NOW, NOW);
    private static final Reach REACH = Reach.of(List.of(List.of(NODE), List.of(NODE)), NOW, Parameters.defaults());

    private final Session session = new Sessions().of("key");

    /// What a key must find afterwards in what it reads as finalized, confirmed and processed.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            getBalance | CONFIRMED | {"context":{"slot":50},"value":1} | -1 | 50 | 50
            getBalance | CONFIRMED | {"value":{"slot":50}} | -1 | -1 | -1
            getBalance | | {"context":{"slot":50},"value":1} | -1 | -1 | -1
            getSlot | FINALIZED | 50 | 50 | 50 | 50
            getSignatureStatuses | PROCESSED | {"context":{"slot":60},"value":[null]} | -1 | -1 | 60
            getSignatureStatuses | PROCESSED | {"context":{"slot":60},"value":[{"slot":50,"err":null,"confirmationStatus":"confirmed"}]} | -1 | 50 | 60
            getSignatureStatuses | PROCESSED | {"context":{"slot":60},"value":[{"slot":50,"confirmationStatus":"processed"},{"slot":20,"status":{"Ok":null},"confirmationStatus":"finalized"}]} | 20 | 20 | 60
            getTransaction | CONFIRMED | {"slot":50,"transaction":{"message":{"slot":70}},"meta":{"err":null}} | -1 | 50 | 50
            getTransaction | FINALIZED | null | -1 | -1 | -1
            getSignaturesForAddress | CONFIRMED | [{"signature":"s","slot":50,"confirmationStatus":"confirmed"},{"slot":40,"confirmationStatus":"finalized"}] | 40 | 50 | 50
            """)
    void bindsWhatTheKeyReadsNext(
            String method, Commitment told, String result, long finalized, long confirmed, long processed) {
        var body = ("{\"jsonrpc\":\"2.0\",\"result\":" + result + ",\"id\":1}").getBytes(UTF_8);
        var answer = Objects.requireNonNull(NodeAnswer.parse(body, method, "1"));

        new Witnessed(session, REACH, NOW).answer(method, told, answer);

        assertThat(session.floor(Commitment.FINALIZED, REACH, NOW)).isEqualTo(finalized);
        assertThat(session.floor(Commitment.CONFIRMED, REACH, NOW)).isEqualTo(confirmed);
        assertThat(session.floor(Commitment.PROCESSED, REACH, NOW)).isEqualTo(processed);
    }
}
