package io.streamsync.onboarding.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.onboarding.operator.AdmissionPhase;
import io.streamsync.protocol.parameters.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdmissionVerdictTests {

    private static final Instant SINCE = Instant.EPOCH;
    private static final Parameters PARAMETERS = Parameters.defaults();

    @ParameterizedTest
    @EnumSource(
            value = AdmissionPhase.class,
            names = {"LAUNCH", "MATURITY"})
    void admitsAtOnce(AdmissionPhase phase) {
        assertThat(AdmissionVerdict.of(List.of(), SINCE.plus(phase.wait(PARAMETERS)), SINCE))
                .isEqualTo(new AdmissionVerdict.Admitted());
    }

    @Test
    void waitsADayInTheGrowthPhase() {
        var over = SINCE.plus(AdmissionPhase.GROWTH.wait(PARAMETERS));

        assertThat(over).isEqualTo(SINCE.plus(Duration.ofDays(1)));
        assertThat(AdmissionVerdict.of(List.of(), over, over.minusMillis(1)))
                .isEqualTo(new AdmissionVerdict.Waiting(over));
        assertThat(AdmissionVerdict.of(List.of(), over, over)).isEqualTo(new AdmissionVerdict.Admitted());
    }

    @Test
    void admitsNobodyWhoseChecksAreMissing() {
        var missing = List.of(AdmissionCheck.GENESIS);

        assertThat(AdmissionVerdict.of(missing, SINCE, SINCE.plusSeconds(1)))
                .isEqualTo(new AdmissionVerdict.Rejected(missing));
    }
}
