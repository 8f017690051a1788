package io.streamsync.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorNameTests {

    @ParameterizedTest
    @ValueSource(
            strings = {"abc", "Nœud d'Azur", "東京ノード", "Node 24/7 (EU)", "a234567890123456789012345678901234567890"})
    void takesWhatCanBeRead(String name) {
        assertThat(new OperatorName(name).value()).isEqualTo(name);
    }

    @Test
    void countsCharactersAsPeopleDo() {
        assertThat(new OperatorName("🛰️🛰️🛰️a").value()).startsWith("🛰");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab",
                "a2345678901234567890123456789012345678901",
                "abc\u0000",
                "ab\tc",
                "ab\nc",
                "abc\u007f",
                "abc\u202e",
                "abc\u2066x",
                "abc\u200b",
                "abc\u200f",
                "abc\ufeff",
                "abc\u2028",
                "abc\u00a0d",
                "abc\ue000",
                "abc\ud800",
                " abc",
                "abc ",
                "ab  cd",
                "---"
            })
    void refusesWhatMisleadsOrCannotBeRead(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new OperatorName(name));
    }
}
