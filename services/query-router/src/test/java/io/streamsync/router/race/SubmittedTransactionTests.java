package io.streamsync.router.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.market.SolanaMethods;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmittedTransactionTests {

    private static final Reply CONTENT = new Reply.Content();
    private static final byte[] TRANSACTION = transaction();
    private static final String SIGNATURE = Base58.encode(TRANSACTION, 1, 64);

    @Test
    void acceptsTheTransactionsOwnSignatureOnly() {
        var submitted =
                submitted("\"" + Base64.getEncoder().encodeToString(TRANSACTION) + "\",{\"encoding\":\"base64\"}");

        assertThat(submitted.meaning(CONTENT, result(SIGNATURE))).isEqualTo(CONTENT);
        assertThat(submitted.meaning(CONTENT, result(SIGNATURE.substring(1)))).isNull();
    }

    @Test
    void readsBase58WhereNoEncodingIsGiven() {
        var text = base58(TRANSACTION);

        assertThat(submitted("\"" + text + "\"").meaning(CONTENT, result(SIGNATURE)))
                .isEqualTo(CONTENT);
        assertThat(submitted("\"" + text + "\"").meaning(CONTENT, result("other")))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''",
                "\"\"",
                "7",
                "\"!!!\",{\"encoding\":\"base64\"}",
                "\"0OIl\"",
                "\"abc\",{\"encoding\":\"hex\"}"
            })
    void takesNoSingleWordForWhatItCannotRead(String params) {
        assertThat(submitted(params).meaning(CONTENT, result("anything")))
                .isEqualTo(new Reply.NeedsSecond(false, "accepted:\"anything\""));
        assertThat(submitted(params).meaning(CONTENT, result("x".repeat(89)))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'',''",
        "00,1",
        "0000ff,115Q",
        "61,2g",
        "626262,a3gV",
        "73696d706c792061206c6f6e6720737472696e67,2cFupjhnEsSn59qHXstmK2ffpLv2"
    })
    void readsAndWritesBase58(String hex, String text) {
        var bytes = HexFormat.of().parseHex(hex);

        assertThat(Base58.decode(text)).isEqualTo(bytes);
        assertThat(Base58.encode(bytes, 0, bytes.length)).isEqualTo(text);
    }

    private static SubmittedTransaction submitted(String params) {
        var request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sendTransaction\",\"params\":[" + params + "]}";
        return SubmittedTransaction.of(SolanaMethods.find("sendTransaction").orElseThrow(), request.getBytes(UTF_8));
    }

    private static NodeAnswer result(String signature) {
        var body = "{\"jsonrpc\":\"2.0\",\"result\":\"" + signature + "\",\"id\":1}";
        return Objects.requireNonNull(NodeAnswer.parse(body.getBytes(UTF_8), "sendTransaction", "1"));
    }

    private static byte[] transaction() {
        var bytes = new byte[300];
        new Random(7).nextBytes(bytes);
        bytes[0] = 1;
        return bytes;
    }

    private static String base58(byte[] bytes) {
        return Base58.encode(bytes, 0, bytes.length);
    }
}
