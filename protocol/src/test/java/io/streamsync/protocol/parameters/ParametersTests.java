package io.streamsync.protocol.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParametersTests {

    private static final Parameters DEFAULTS = Parameters.defaults();

    @Test
    void publishesTheNumbersOfTheProtocol() {
        assertThat(DEFAULTS.version()).isEqualTo("1");
        assertThat(DEFAULTS.published().toString())
                .isEqualTo("{epoch=5m, racingPlaces=3, checkingPlaces=2, deadline=10s, nodeTimeout=5s, "
                        + "verificationWindow=2s, verdictDeadline=5m, slotTime=400ms, slotLag=8, slotLead=2, submitWait=100ms, "
                        + "minimumStake=10000, unbonding=7d, growthWait=1d, hold=1d, "
                        + "operatorShare=5000, verifiersShare=2000, stakersShare=1000, "
                        + "explorationProbability=100000, accuracyThreshold=900000, "
                        + "probationAccuracyThreshold=600000, probationAnswers=200, defaultCeilingFactor=5, "
                        + "probeInterval=10s, largeAnswer=262144, largestAnswer=134217728, notificationsPerAsk=100}");
    }

    @Test
    void replacesByPublishedNames() {
        var demo = DEFAULTS.with(Map.of("epoch", "30s", "hold", 0, "minimumStake", "2.5", "checkingPlaces", 1L));

        assertThat(demo.epoch()).isEqualTo(Duration.ofSeconds(30));
        assertThat(demo.hold()).isZero();
        assertThat(demo.minimumStake()).isEqualTo(2_500_000_000L);
        assertThat(demo.checkingPlaces()).isEqualTo(1);
        assertThat(demo.deadline()).isEqualTo(DEFAULTS.deadline());
        assertThat(demo.version()).matches("1\\+[0-9a-f]{8}");
    }

    @Test
    void namesEqualValuesEqually() {
        var inOneGo = DEFAULTS.with(Map.of("epoch", "30s", "hold", "0s"));
        var written = DEFAULTS.with(Map.of("hold", 0, "epoch", 30_000));
        var inSteps = DEFAULTS.with(Map.of("hold", "0ms")).with(Map.of("epoch", "30s"));

        assertThat(written).isEqualTo(inOneGo);
        assertThat(inSteps).isEqualTo(inOneGo);
        assertThat(inOneGo.version())
                .isNotEqualTo(DEFAULTS.with(Map.of("epoch", "31s")).version());
    }

    @Test
    void isTheFirstVersionWhenNothingDiffers() {
        assertThat(DEFAULTS.with(Map.of())).isEqualTo(DEFAULTS);
        assertThat(DEFAULTS.with(Map.of("hold", "24h"))).isEqualTo(DEFAULTS);
        assertThat(DEFAULTS.with(Map.of("hold", 1)).with(Map.of("hold", "1d"))).isEqualTo(DEFAULTS);
    }

    @Test
    void readsBackWhatItPublishes() {
        var changed = DEFAULTS.with(Map.of("epoch", 1234, "minimumStake", "0.000000001", "unbonding", "36h"));

        assertThat(DEFAULTS.with(changed.published())).isEqualTo(changed);
    }

    @ParameterizedTest
    @MethodSource
    void refusesByName(String name, Object value, String sentence) {
        var overrides = new HashMap<String, Object>();
        overrides.put(name, value);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.with(overrides))
                .withMessage(sentence);
    }

    static Stream<Arguments> refusesByName() {
        var epoch = "parameter epoch is a duration from 1s to 1d, such as \"5m\", \"2s\", \"200ms\" or a number of ms, "
                + "not ";
        var checkers = "parameter checkingPlaces is a whole number from 0 to 5, not ";
        var stake = "parameter minimumStake is a decimal string of at least 0.000000001 STRM, such as \"10000\", not ";
        return Stream.of(
                Arguments.of("epoch", "0s", epoch + "\"0s\""),
                Arguments.of("epoch", "5 minutes", epoch + "\"5 minutes\""),
                Arguments.of("epoch", "-5m", epoch + "\"-5m\""),
                Arguments.of("epoch", "999999999999d", epoch + "\"999999999999d\""),
                Arguments.of("epoch", new BigInteger("9".repeat(60)), epoch + "9".repeat(40) + "…"),
                Arguments.of("epoch", true, epoch + "true"),
                Arguments.of("epoch", null, epoch + "null"),
                Arguments.of("checkingPlaces", 6, checkers + "6"),
                Arguments.of("checkingPlaces", 1.5, checkers + "1.5"),
                Arguments.of("checkingPlaces", "2", checkers + "\"2\""),
                Arguments.of("minimumStake", 10_000, stake + "10000"),
                Arguments.of("minimumStake", "0", stake + "\"0\""),
                Arguments.of("minimumStake", "1e9", stake + "\"1e9\""));
    }

    @Test
    void refusesUnknownNamesAndNamesTheKnown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.with(Map.of("treasuryShare", 1)))
                .withMessageStartingWith("unknown parameter \"treasuryShare\": the parameters are epoch, racingPlaces")
                .withMessageEndingWith("notificationsPerAsk");
    }

    @Test
    void refusesSharesAboveTheWhole() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.with(Map.of("operatorShare", 7001)))
                .withMessageContaining("at most 10000 basis points");
    }
}
