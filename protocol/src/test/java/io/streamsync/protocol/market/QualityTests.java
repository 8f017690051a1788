package io.streamsync.protocol.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityTests {

    private static final long MINIMUM = 10_000 * Markets.STRM;

    @ParameterizedTest
    @CsvSource({
        "1000000, 1000000, 1000000, 10000, 900000",
        "500000, 800000, 500000, 10000, 540000",
        "0, 0, 0, 10000, 0",
        "0, 0, 0, 5000, 0",
        "0, 0, 0, 1000000, 460517",
        "0, 0, 0, 900000000, 460517",
        "1000000, 1000000, 1000000, 1000000, 1360517",
        "0, 0, 0, 20000, 69314",
    })
    void weighsScoresAndStake(int performance, int accuracy, int uptime, long stake, int quality) {
        assertThat(Quality.of(performance, accuracy, uptime, stake * Markets.STRM, MINIMUM))
                .isEqualTo(quality);
    }

    @Test
    void keepsAUselessNodeWithAMillionBehindAPerfectOne() {
        assertThat(Quality.of(0, 600_000, 0, Long.MAX_VALUE, MINIMUM))
                .isLessThan(Quality.of(1_000_000, 1_000_000, 1_000_000, MINIMUM, MINIMUM));
    }

    @Test
    void refusesScoresOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> Quality.of(1_000_001, 0, 0, MINIMUM, MINIMUM));
        assertThatIllegalArgumentException().isThrownBy(() -> Quality.of(0, -1, 0, MINIMUM, MINIMUM));
    }
}
