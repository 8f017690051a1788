package io.streamsync.protocol.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceFactorTests {

    @ParameterizedTest
    @CsvSource({
        "4000, 4000, 2, 65536",
        "4000, 2000, 2, 262144",
        "4000, 8000, 2, 16384",
        "4000, 3000, 2, 116508",
        "4000, 2000, 3, 524288",
        "4000, 3000, 3, 155344",
        "4000, 1, 2, 4194304",
        "4000, 499, 2, 4194304",
        "4000, 501, 2, 4177576",
        "4000, 32001, 2, 1024",
        "4000, 9223372036854775807, 3, 1024",
        "9223372036854775807, 1, 3, 4194304",
        "9223372036854775807, 9223372036854775806, 3, 65536",
        "4000, 1, 0, 65536",
        "1, 9223372036854775807, 0, 65536",
    })
    void isTheRatioToThePowerClamped(long median, long ask, int gamma, long factor) {
        assertThat(new PriceFactor(median, gamma).of(ask)).isEqualTo(factor);
    }

    @Test
    void isExact() {
        var random = new Random(23);
        for (var i = 0; i < 20_000; i++) {
            var median = 1 + random.nextLong(1L << (1 + random.nextInt(62)));
            var ask = 1 + random.nextLong(1L << (1 + random.nextInt(62)));
            var gamma = 2 + random.nextInt(2);
            var exact = BigDecimal.valueOf(median)
                    .pow(gamma)
                    .multiply(BigDecimal.valueOf(65_536))
                    .divide(BigDecimal.valueOf(ask).pow(gamma), 0, RoundingMode.DOWN)
                    .max(BigDecimal.valueOf(1_024))
                    .min(BigDecimal.valueOf(4_194_304))
                    .longValueExact();

            assertThat(new PriceFactor(median, gamma).of(ask)).isEqualTo(exact);
        }
    }
}
