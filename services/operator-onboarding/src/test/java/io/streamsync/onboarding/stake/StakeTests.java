package io.streamsync.onboarding.stake;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.onboarding.stake.Stake.DepositOutcome;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import java.util.List;
import org.junit.jupiter.api.Test;

class StakeTests {

    private static final Amount MINIMUM = Amount.strm(10_000);

    private final OperatorId operator = new OperatorId("one");

    @Test
    void bondsADepositThatReachesTheMinimum() {
        assertThat(Stake.none(operator).deposit(MINIMUM, MINIMUM))
                .isEqualTo(new DepositOutcome.Bonded(stake(10_000, 0)));
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(Stake.none(operator).deposit(Amount.strm(9_999), MINIMUM))
                .isEqualTo(new DepositOutcome.BelowMinimum(Amount.strm(1)));
    }

    @Test
    void bondsAnyDepositOnTopOfTheMinimum() {
        assertThat(stake(10_000, 0).deposit(Amount.strm(1), MINIMUM))
                .isEqualTo(new DepositOutcome.Bonded(stake(10_001, 0)));
    }

    @Test
    void countsEscrowedSlashesTowardsTheMinimum() {
        assertThat(stake(9_800, 200).reaches(MINIMUM)).isTrue();
        assertThat(stake(9_799, 200).reaches(MINIMUM)).isFalse();
    }

    @Test
    void refusesWhatCannotBeBooked() {
        assertThat(stake(Long.MAX_VALUE - 1, 0).deposit(Amount.strm(2), MINIMUM))
                .isEqualTo(new DepositOutcome.TooLarge());
        assertThat(stake(10, Long.MAX_VALUE - 10).deposit(Amount.strm(2), MINIMUM))
                .isEqualTo(new DepositOutcome.TooLarge());
    }

    private Stake stake(long bonded, long escrowed) {
        return new Stake(operator, Amount.strm(bonded), List.of(), Amount.strm(escrowed), Amount.strm(0));
    }
}
