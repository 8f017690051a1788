package io.streamsync.onboarding.stake;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.onboarding.stake.Stake.DepositOutcome;
import io.streamsync.onboarding.stake.Stake.UnbondingOutcome;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StakeTests {

    private static final Amount MINIMUM = Amount.strm(10_000);

    private static final Instant DUE = Instant.EPOCH.plusSeconds(60);

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
    void refusesMoreThanAnOperatorMayHave() {
        var most = 100_000_000L * Amount.NANO;

        assertThat(stake(0, 0).deposit(Amount.strm(Long.MAX_VALUE), MINIMUM))
                .isInstanceOf(DepositOutcome.TooLarge.class);
        assertThat(stake(most - 1, 0).deposit(Amount.strm(2), MINIMUM)).isInstanceOf(DepositOutcome.TooLarge.class);
        assertThat(stake(10, most - 11).deposit(Amount.strm(2), MINIMUM)).isInstanceOf(DepositOutcome.TooLarge.class);
        assertThat(unbonding(stake(most, 0), most).deposit(Amount.strm(1), MINIMUM))
                .isInstanceOf(DepositOutcome.TooLarge.class);
        assertThat(stake(most - 1, 0).deposit(Amount.strm(1), MINIMUM)).isInstanceOf(DepositOutcome.Bonded.class);
    }

    @Test
    void unbondsNoMoreThanIsBonded() {
        assertThat(stake(10, 0).unbond(part("a", 11))).isEqualTo(new UnbondingOutcome.TooLittle(Amount.strm(10)));
        assertThat(unbonding(stake(10, 0), 10)).isEqualTo(stake(0, 0, 0, part("a", 10)));
    }

    @Test
    void countsUnbondingStakeForNothing() {
        assertThat(unbonding(stake(10_000, 0), 1).reaches(MINIMUM)).isFalse();
        assertThat(unbonding(stake(10_001, 0), 1).reaches(MINIMUM)).isTrue();
    }

    @Test
    void letsOnlySoManyUnbondingsRun() {
        var stake = stake(100, 0);
        for (int i = 0; i < 20; i++) {
            stake = ((UnbondingOutcome.Started) stake.unbond(part("u" + i, 1))).next();
        }

        assertThat(stake.unbond(part("u20", 1))).isEqualTo(new UnbondingOutcome.TooMany(20));
        assertThat(stake.matured(DUE).unbond(part("u20", 1))).isInstanceOf(UnbondingOutcome.Started.class);
    }

    @Test
    void bondsACancelledUnbondingAgain() {
        assertThat(stake(5, 0, 0, part("a", 3), part("b", 4)).cancel(part("a", 3)))
                .isEqualTo(stake(8, 0, 0, part("b", 4)));
    }

    @Test
    void maturesWithItsTimeAndNotBefore() {
        var stake = stake(5, 0, 1, part("a", 3));

        assertThat(stake.matured(DUE.minusMillis(1))).isEqualTo(stake);
        assertThat(stake.matured(DUE)).isEqualTo(stake(5, 0, 4));
    }

    @Test
    void paysOutNoMoreThanHasMatured() {
        assertThat(stake(5, 0, 4, part("a", 3)).withdraw(Amount.strm(5))).isEmpty();
        assertThat(stake(5, 0, 4).withdraw(Amount.strm(4))).contains(stake(5, 0, 0));
    }

    @Test
    void isReleasedWhenNothingIsAtStake() {
        assertThat(stake(0, 0, 7).isReleased()).isTrue();
        assertThat(stake(1, 0).isReleased()).isFalse();
        assertThat(stake(0, 1).isReleased()).isFalse();
        assertThat(stake(0, 0, 0, part("a", 1)).isReleased()).isFalse();
    }

    private static Stake unbonding(Stake stake, long amount) {
        return ((UnbondingOutcome.Started) stake.unbond(part("a", amount))).next();
    }

    private static Unbonding part(String id, long amount) {
        return new Unbonding(id, Amount.strm(amount), DUE);
    }

    private Stake stake(long bonded, long escrowed) {
        return stake(bonded, escrowed, 0);
    }

    private Stake stake(long bonded, long escrowed, long withdrawable, Unbonding... parts) {
        return new Stake(
                operator, Amount.strm(bonded), List.of(parts), Amount.strm(escrowed), Amount.strm(withdrawable));
    }
}
