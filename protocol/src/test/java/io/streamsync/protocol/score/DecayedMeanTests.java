package io.streamsync.protocol.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DecayedMeanTests {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration HALF_LIFE = Duration.ofDays(7);
    private static final Offset<Double> EXACT = within(1e-12);

    @Test
    void startsAtThePrior() {
        assertThat(DecayedMean.empty(NOW).mean(0.8, 10, NOW, HALF_LIFE)).isCloseTo(0.8, EXACT);
    }

    @Test
    void weighsObservationsAgainstThePrior() {
        var accuracy = DecayedMean.empty(NOW).observe(1, 10, NOW, HALF_LIFE);

        assertThat(accuracy.mean(0.8, 10, NOW, HALF_LIFE)).isCloseTo(0.9, EXACT);
    }

    @Test
    void halvesWhatIsAHalfLifeOldButNotThePrior() {
        var accuracy = DecayedMean.empty(NOW).observe(1, 10, NOW, HALF_LIFE);

        assertThat(accuracy.mean(0.8, 10, NOW.plus(HALF_LIFE), HALF_LIFE)).isCloseTo(13.0 / 15, EXACT);
    }

    @Test
    void takesAConvictionAsTwentyWrongAnswers() {
        var accuracy = DecayedMean.empty(NOW).observe(0, 20, NOW, HALF_LIFE);

        assertThat(accuracy.mean(0.8, 10, NOW, HALF_LIFE)).isCloseTo(8.0 / 30, EXACT);
    }

    @Test
    void forgetsWhatIsBeyondTheCap() {
        var accuracy = DecayedMean.empty(NOW);
        for (var i = 0; i < 10_000; i++) {
            accuracy = accuracy.observe(1, 1, NOW, HALF_LIFE);
        }
        var afterTheLie = accuracy.observe(0, 20, NOW, HALF_LIFE);

        assertThat(accuracy.weight()).isEqualTo(500);
        assertThat(afterTheLie.weight()).isEqualTo(500);
        assertThat(afterTheLie.mean(0.8, 10, NOW, HALF_LIFE)).isCloseTo((500 * 500.0 / 520 + 8) / 510, EXACT);
    }

    @Test
    void countsALateObservationByItsAge() {
        var early = NOW.minus(HALF_LIFE);
        var inOrder = DecayedMean.empty(early).observe(1, 4, early, HALF_LIFE).observe(0, 1, NOW, HALF_LIFE);
        var late = DecayedMean.empty(early).observe(0, 1, NOW, HALF_LIFE).observe(1, 4, early, HALF_LIFE);

        assertThat(late.sum()).isCloseTo(inOrder.sum(), EXACT);
        assertThat(late.weight()).isCloseTo(inOrder.weight(), EXACT);
        assertThat(late.at()).isEqualTo(NOW);
    }

    @Test
    void refusesWhatIsNoObservation() {
        var mean = DecayedMean.empty(NOW);

        assertThatIllegalArgumentException().isThrownBy(() -> mean.observe(1.1, 1, NOW, HALF_LIFE));
        assertThatIllegalArgumentException().isThrownBy(() -> mean.observe(Double.NaN, 1, NOW, HALF_LIFE));
        assertThatIllegalArgumentException().isThrownBy(() -> mean.observe(1, -1, NOW, HALF_LIFE));
    }
}
