package io.streamsync.onboarding.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base58Tests {

    @Test
    void readsWhatItWrote() {
        var random = new Random(58);
        for (int round = 0; round < 500; round++) {
            var bytes = new byte[32];
            random.nextBytes(bytes);
            for (int zeros = random.nextInt(4), i = 0; i < zeros; i++) {
                bytes[i] = 0;
            }

            assertThat(Base58.decode(Base58.encode(bytes), 32)).hasValue(bytes);
        }
    }

    @Test
    void knowsTheSystemProgram() {
        assertThat(Base58.decode("11111111111111111111111111111111", 32)).hasValue(new byte[32]);
        assertThat(Base58.encode(new byte[32])).isEqualTo("11111111111111111111111111111111");
    }

    @Test
    void knowsAWellKnownKey() {
        var encoded = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";

        assertThat(Base58.encode(Base58.decode(encoded, 32).orElseThrow())).isEqualTo(encoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0OIl",
                "1111111111111111111111111111111",
                "111111111111111111111111111111111",
                "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5D",
                "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
                "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5D "
            })
    void refusesWhatIsNotOfThisSize(String text) {
        assertThat(Base58.decode(text, 32)).isEmpty();
    }
}
