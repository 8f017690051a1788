package io.streamsync.billing.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockCheckTests {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void findsAClockThatIsAheadOrBehind() {
        assertThat(ClockCheck.check(NOW, NOW.minusSeconds(60), NOW.plusMillis(1))
                        .fits())
                .isFalse();
        assertThat(ClockCheck.check(NOW, NOW.plusSeconds(60), NOW.plusMillis(1)).detail())
                .isEqualTo("billing's clock is at 2026-11-23T12:00:00.001Z, the database's at 2026-11-23T12:01:00Z");
    }

    @Test
    void reckonsWithTheTimeThatTheAnswerTook() {
        assertThat(ClockCheck.check(NOW, NOW.plusSeconds(20), NOW.plusSeconds(30))
                        .fits())
                .isTrue();
        assertThat(ClockCheck.check(NOW, NOW.minusSeconds(4), NOW).fits()).isTrue();
    }
}
