package io.streamsync.router.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.publication.HighWaterMarks.Mark;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StallTests {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Stall stall = new Stall(Duration.ofSeconds(10));

    @Test
    void suspectsNothingWhileBillingMoves() {
        for (var second = 0; second < 100; second++) {
            assertThat(stall.isSuspected(new Mark(second, second * SECOND), 1_000))
                    .isFalse();
        }
    }

    @Test
    void suspectsNothingWhenBillingHasAllThatKafkaHas() {
        assertThat(stall.isSuspected(new Mark(5, 0), 5)).isFalse();
        assertThat(stall.isSuspected(new Mark(5, 60 * SECOND), 5)).isFalse();
    }

    @Test
    void suspectsALossWhenBillingStandsStill() {
        assertThat(stall.isSuspected(new Mark(5, 0), 9)).isFalse();
        assertThat(stall.isSuspected(new Mark(5, 9 * SECOND), 9)).isFalse();
        assertThat(stall.isSuspected(new Mark(5, 10 * SECOND), 9)).isTrue();
    }

    @Test
    void countsNoTimeInWhichBillingSaysNothing() {
        var told = new Mark(5, 0);

        assertThat(stall.isSuspected(told, 9)).isFalse();
        assertThat(stall.isSuspected(told, 9)).isFalse();
    }

    @Test
    void waitsLongerEachTimeAtTheSamePosition() {
        assertThat(stall.isSuspected(new Mark(5, 0), 9)).isFalse();
        assertThat(stall.isSuspected(new Mark(5, 10 * SECOND), 9)).isTrue();
        assertThat(stall.isSuspected(new Mark(5, 25 * SECOND), 9)).isFalse();
        assertThat(stall.isSuspected(new Mark(5, 30 * SECOND), 9)).isTrue();
    }
}
