package io.streamsync.router.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethods;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SubmittedTransactionTests {

    private static final Reply CONTENT = new Reply.Content();
    private static final SolanaMethod SEND =
            SolanaMethods.find("sendTransaction").orElseThrow();

    @Test
    void acceptsTheTransactionsOwnSignatureOnly() {
        var submitted = SubmittedTransaction.of(SEND, "5sig");

        assertThat(submitted.meaning(CONTENT, result("5sig"))).isEqualTo(CONTENT);
        assertThat(submitted.meaning(CONTENT, result("sig"))).isNull();
        assertThat(submitted.meaning(CONTENT, result("x".repeat(89)))).isNull();
    }

    @Test
    void takesNoSingleWordForWhatItCannotRead() {
        var submitted = SubmittedTransaction.of(SEND, null);

        assertThat(submitted.meaning(CONTENT, result("anything")))
                .isEqualTo(new Reply.NeedsSecond(false, "accepted:\"anything\""));
        assertThat(submitted.meaning(CONTENT, result("x".repeat(89)))).isNull();
    }

    @Test
    void leavesOtherAnswersAlone() {
        var balance = SubmittedTransaction.of(SolanaMethods.find("getBalance").orElseThrow(), null);

        assertThat(balance.meaning(CONTENT, result("anything"))).isEqualTo(CONTENT);
    }

    private static NodeAnswer result(String signature) {
        var body = "{\"jsonrpc\":\"2.0\",\"result\":\"" + signature + "\",\"id\":1}";
        return Objects.requireNonNull(NodeAnswer.parse(body.getBytes(UTF_8), "sendTransaction", "1"));
    }
}
