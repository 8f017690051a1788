package io.streamsync.router.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionTests {

    @Test
    void isTheSameInEveryEncoding() {
        var one = Transactions.read(Transactions.base64(7, ""));
        var other = Transactions.read(Transactions.base58(7));

        assertThat(one.signature()).isEqualTo(other.signature()).isEqualTo(Transactions.signature(7));
        assertThat(one.bytes()).isEqualTo(other.bytes()).isEqualTo(Transactions.bytes(7));
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
                "\"abc\"",
                "\"abc\",{\"encoding\":\"hex\"}",
                "\"abc\",7",
                "{},{}"
            })
    void isNotWhatCannotBeRead(String params) {
        var bytes = ("[" + params + "]").getBytes(UTF_8);

        assertThat(Transaction.read(bytes, 0, bytes.length)).isEmpty();
        assertThat(Transaction.read(bytes, -1, 0)).isEmpty();
    }

    @Test
    void isNotReadFromMoreThanATransactionNeeds() {
        var params =
                Transactions.base64(7, ",\"more\":\"" + "x".repeat(4096) + "\"").getBytes(UTF_8);

        assertThat(Transaction.read(params, 0, params.length)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|-1",
                ",\"maxRetries\":0|0",
                ",\"maxRetries\":3|3",
                ",\"maxRetries\":-3|0",
                ",\"maxRetries\":99999999999|2147483647",
                ",\"maxRetries\":null|-1",
                ",\"maxRetries\":\"x\"|-1"
            })
    void knowsHowOftenItsCustomerWantsItSentAgain(String config, int retries) {
        assertThat(Transactions.read(Transactions.base64(1, config)).maxRetries())
                .isEqualTo(retries < 0 ? OptionalInt.empty() : OptionalInt.of(retries));
    }

    @Test
    void livesOnANonceWhenItsFirstInstructionAdvancesOne() {
        assertThat(withInstruction("", 0, "04000000").spendsNonce()).isTrue();
        assertThat(withInstruction("80", 0, "04000000").spendsNonce()).isTrue();
        assertThat(withInstruction("", 0, "0400000000").spendsNonce()).isTrue();
        assertThat(withInstruction("", 0, "02000000").spendsNonce()).isFalse();
        assertThat(withInstruction("", 0, "0400").spendsNonce()).isFalse();
        assertThat(withInstruction("", 1, "04000000").spendsNonce()).isFalse();
    }

    @Test
    void takesAnyBytesForATransactionWithoutANonce() {
        var random = new Random(3);
        for (var length = 65; length < 600; length++) {
            var bytes = new byte[length];
            random.nextBytes(bytes);
            bytes[0] = (byte) (1 + random.nextInt(127));

            assertThat(Transactions.read(Transactions.base64(bytes, "")).spendsNonce())
                    .isFalse();
        }
    }

    private static Transaction withInstruction(String version, int program, String data) {
        return Transactions.read(Transactions.base64(Transactions.spendingNonce(1, version, program, data), ""));
    }
}
