package io.streamsync.router.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsualLatenciesTests {

    private final UsualLatencies usual = new UsualLatencies();

    @Test
    void knowsNothingOfAMethodUntilEnoughAnswersCame() {
        IntStream.range(0, 99).forEach(_ -> usual.answered("getSlot", 20_000));

        assertThat(usual.of("getSlot")).isEqualTo(UsualLatencies.UNKNOWN);
        assertThat(usual.of("getBlock")).isEqualTo(UsualLatencies.UNKNOWN);
        usual.answered("getSlot", 20_000);
        assertThat(usual.of("getSlot")).isBetween(Duration.ofMillis(20), Duration.ofMillis(24));
    }

    @ParameterizedTest
    @CsvSource({"0,20,24", "9,20,24", "11,80,96", "50,80,96"})
    void isThatOfNineInTen(int slowOfAHundred, int atLeastMillis, int atMostMillis) {
        for (var i = 0; i < 100; i++) {
            usual.answered("getSlot", i < slowOfAHundred ? 80_000 : 20_000);
        }

        assertThat(usual.of("getSlot")).isBetween(Duration.ofMillis(atLeastMillis), Duration.ofMillis(atMostMillis));
    }

    @Test
    void staysBetweenFiveMillisecondsAndASecond() {
        IntStream.range(0, 100).forEach(_ -> usual.answered("getSlot", 0));
        IntStream.range(0, 100).forEach(_ -> usual.answered("getBlock", Long.MAX_VALUE));

        assertThat(usual.of("getSlot")).isEqualTo(Duration.ofMillis(5));
        assertThat(usual.of("getBlock")).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void forgetsWhatWasLongAgo() {
        IntStream.range(0, 10_000).forEach(_ -> usual.answered("getSlot", 400_000));
        IntStream.range(0, 4_000).forEach(_ -> usual.answered("getSlot", 10_000));

        assertThat(usual.of("getSlot")).isBetween(Duration.ofMillis(10), Duration.ofMillis(12));
    }

    @Test
    void losesLittleToThreadsAtTheSameTime() {
        var random = new Random(5);
        var latencies =
                IntStream.range(0, 40_000).map(_ -> 10 + random.nextInt(100)).toArray();

        IntStream.of(latencies).parallel().forEach(millis -> usual.answered("getSlot", 1_000L * millis));

        assertThat(usual.of("getSlot")).isBetween(Duration.ofMillis(90), Duration.ofMillis(125));
    }
}
