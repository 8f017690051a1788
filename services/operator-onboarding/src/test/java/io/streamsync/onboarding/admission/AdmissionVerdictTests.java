package io.streamsync.onboarding.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.onboarding.operator.AdmissionPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdmissionVerdictTests {

    private static final Instant SINCE = Instant.EPOCH;
    private static final Duration DAY = Duration.ofDays(1);

    @ParameterizedTest
    @EnumSource(
            value = AdmissionPhase.class,
            names = {"LAUNCH", "MATURITY"})
    void admitsAtOnce(AdmissionPhase phase) {
        assertThat(AdmissionVerdict.of(List.of(), phase, SINCE, DAY, SINCE)).isEqualTo(new AdmissionVerdict.Admitted());
    }

    @Test
    void waitsADayInTheGrowthPhase() {
        var almost = SINCE.plus(DAY).minusMillis(1);

        assertThat(AdmissionVerdict.of(List.of(), AdmissionPhase.GROWTH, SINCE, DAY, almost))
                .isEqualTo(new AdmissionVerdict.Waiting(SINCE.plus(DAY)));
        assertThat(AdmissionVerdict.of(List.of(), AdmissionPhase.GROWTH, SINCE, DAY, SINCE.plus(DAY)))
                .isEqualTo(new AdmissionVerdict.Admitted());
    }

    @ParameterizedTest
    @EnumSource(AdmissionPhase.class)
    void admitsNobodyWhoseChecksAreMissing(AdmissionPhase phase) {
        var missing = List.of(AdmissionCheck.GENESIS);

        assertThat(AdmissionVerdict.of(missing, phase, SINCE, DAY, SINCE.plus(DAY)))
                .isEqualTo(new AdmissionVerdict.Rejected(missing));
    }
}
