package io.streamsync.reputation.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StakeScoreTests {

    private static final long MINIMUM = 10_000_000_000_000L;

    @ParameterizedTest(name = "{0} nano-STRM: {1}")
    @CsvSource({
        "0, 1",
        "10000000000000, 1",
        "25000000000000, 2.5",
        "10000010000000, 1.000001",
        "1000000000000000, 100",
        "9223372036854775807, 100",
    })
    void liesBetweenTheMinimumAndAHundredfold(long bonded, String expected) {
        assertThat(Decimals.ofMillionths(new StakeScore(MINIMUM).millionths(bonded))
                        .toString())
                .isEqualTo(expected);
    }

    @Test
    void needsAMinimum() {
        assertThatIllegalArgumentException().isThrownBy(() -> new StakeScore(0));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0.000001", "500000, 0.5", "999999, 0.999999", "1000000, 1", "100000000, 100"})
    void writesPlainNumbers(long millionths, String expected) {
        assertThat(Decimals.ofMillionths(millionths).toString()).isEqualTo(expected);
    }
}
