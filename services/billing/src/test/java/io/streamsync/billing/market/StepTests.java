package io.streamsync.billing.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamsync.problems.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepTests {

    @ParameterizedTest
    @CsvSource({"1m,1", "60s,1", "60000,1", "60000ms,1", "1h,60", "1d,1440", "90m,90"})
    void readsDurationsAsEverywhere(String text, long minutes) {
        assertThat(Step.parse(text)).isEqualTo(Duration.ofMinutes(minutes));
    }

    @Test
    void isFiveMinutesWhereNobodySays() {
        assertThat(Step.text(Step.parse(null))).isEqualTo("5m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0m", "1s", "59s", "61s", "25h", "2d", "-1m", "1w", "m", "999999999d", "99999999999", "1.5h"
            })
    void refusesWhatIsNoWholeMinutesUpToADay(String text) {
        assertThatThrownBy(() -> Step.parse(text)).isInstanceOf(Refusal.class);
    }
}
