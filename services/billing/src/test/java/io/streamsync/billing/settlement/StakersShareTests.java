package io.streamsync.billing.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.market.OperatorId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StakersShareTests {

    private static final OperatorId A = new OperatorId("a");
    private static final OperatorId B = new OperatorId("b");

    @Test
    void goesByStakeAndLeavesWhatTheDivisionLeaves() {
        assertThat(StakersShare.of(100, Map.of(A, 2L, B, 1L)).shares()).isEqualTo(Map.of(A, 66L, B, 33L));
        assertThat(StakersShare.of(100, Map.of(A, 2L, B, 1L)).sum()).isEqualTo(99);
    }

    @Test
    void isNothingWithoutMoneyOrStake() {
        assertThat(StakersShare.of(100, Map.of()).shares()).isEmpty();
        assertThat(StakersShare.of(0, Map.of(A, 1L)).shares()).isEmpty();
        assertThat(StakersShare.of(-5, Map.of(A, 1L)).shares()).isEmpty();
        assertThat(StakersShare.of(1, Map.of(A, 1L, B, 1L)).shares())
                .as("half a nano-unit each")
                .isEmpty();
    }

    @Test
    void staysExactWithTheLargestNumbers() {
        var share = StakersShare.of(Long.MAX_VALUE, Map.of(A, Long.MAX_VALUE, B, Long.MAX_VALUE));

        assertThat(share.shares()).isEqualTo(Map.of(A, Long.MAX_VALUE / 2, B, Long.MAX_VALUE / 2));
    }
}
