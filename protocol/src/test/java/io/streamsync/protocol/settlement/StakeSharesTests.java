package io.streamsync.protocol.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.streamsync.protocol.market.OperatorId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StakeSharesTests {

    private static final OperatorId A = new OperatorId("a");
    private static final OperatorId B = new OperatorId("b");
    private static final OperatorId C = new OperatorId("c");

    @Test
    void goByStakeAndLeaveWhatTheDivisionLeaves() {
        var shares = StakeShares.of(100, Map.of(B, 1L, A, 2L, C, 0L));

        assertThat(shares.all()).containsExactly(new StakeShare(A, 2, 66), new StakeShare(B, 1, 33));
        assertThat(shares.sum()).isEqualTo(99);
    }

    @Test
    void areNoneWithoutMoneyOrStake() {
        assertThat(StakeShares.of(100, Map.of())).isEqualTo(StakeShares.NONE);
        assertThat(StakeShares.of(100, Map.of(A, 0L))).isEqualTo(StakeShares.NONE);
        assertThat(StakeShares.of(0, Map.of(A, 1L))).isEqualTo(StakeShares.NONE);
        assertThat(StakeShares.of(-5, Map.of(A, 1L))).isEqualTo(StakeShares.NONE);
        assertThat(StakeShares.NONE.root()).isEqualTo(HexFormat.of().formatHex(MerkleTree.root(List.of())));
    }

    @Test
    void nameThoseWhoGetLessThanAUnit() {
        assertThat(StakeShares.of(1, Map.of(A, 1L, B, 1L)).all())
                .containsExactly(new StakeShare(A, 1, 0), new StakeShare(B, 1, 0));
    }

    @Test
    void stayExactWithTheLargestNumbers() {
        var shares = StakeShares.of(Long.MAX_VALUE, Map.of(A, Long.MAX_VALUE, B, Long.MAX_VALUE));

        assertThat(shares.all()).allMatch(share -> share.share() == Long.MAX_VALUE / 2);
    }

    @Test
    void readBackWhatTheyWrote() {
        var shares = StakeShares.of(1_000, Map.of(A, 2L, B, 1L, new OperatorId("x".repeat(64)), Long.MAX_VALUE / 4));
        var bytes = shares.canonical();

        assertThat(StakeShares.parse(bytes)).isEqualTo(shares);
        for (var length = 1; length < 18; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatIllegalArgumentException().isThrownBy(() -> StakeShares.parse(cut));
        }
    }

    @Test
    void haveOneOrderAndNobodyTwice() {
        var a = new StakeShare(A, 1, 1);
        var b = new StakeShare(B, 1, 1);

        assertThatIllegalArgumentException().isThrownBy(() -> new StakeShares(List.of(b, a)));
        assertThatIllegalArgumentException().isThrownBy(() -> new StakeShares(List.of(a, a)));
        assertThatIllegalArgumentException().isThrownBy(() -> new StakeShare(A, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new StakeShare(A, 1, -1));
    }
}
