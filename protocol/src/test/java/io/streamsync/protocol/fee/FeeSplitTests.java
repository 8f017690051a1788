package io.streamsync.protocol.fee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import io.streamsync.protocol.parameters.Parameters;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeeSplitTests {

    private static final Parameters DEFAULTS = Parameters.defaults();

    @Test
    void givesHalfToTheOperatorAFifthToTheVerifiersAndATenthToTheStakers() {
        assertThat(FeeSplit.of(4000, DEFAULTS)).isEqualTo(new FeeSplit(2000, 800, 400, 800));
    }

    @Test
    void givesTheRemainderToTheTreasury() {
        assertThat(FeeSplit.of(9, DEFAULTS)).isEqualTo(new FeeSplit(4, 1, 0, 4));
        assertThat(FeeSplit.of(1, DEFAULTS)).isEqualTo(new FeeSplit(0, 0, 0, 1));
    }

    @Test
    void addsUpToTheFeeForEveryFeeAndEveryShare() {
        qt().forAll(
                        longs().between(0, Long.MAX_VALUE),
                        integers().between(0, 5000),
                        integers().between(0, 3000),
                        integers().between(0, 2000))
                .check((fee, operator, verifiers, stakers) -> {
                    var split = FeeSplit.of(
                            fee,
                            DEFAULTS.with(Map.of(
                                    "operatorShare", operator, "verifiersShare", verifiers, "stakersShare", stakers)));
                    return split.operator() + split.verifiers() + split.stakers() + split.treasury() == fee
                            && split.operator() >= 0
                            && split.verifiers() >= 0
                            && split.stakers() >= 0
                            && split.treasury() >= 0;
                });
    }

    @Test
    void sharesEquallyAmongVerifiers() {
        var split = FeeSplit.of(35, DEFAULTS);

        assertThat(split.verifiers()).isEqualTo(7);
        assertThat(split.perVerifier(1)).isEqualTo(7);
        assertThat(split.perVerifier(2)).isEqualTo(3);
        assertThatIllegalArgumentException().isThrownBy(() -> split.perVerifier(0));
    }

    @Test
    void refusesANegativeFee() {
        assertThatIllegalArgumentException().isThrownBy(() -> FeeSplit.of(-1, DEFAULTS));
    }
}
