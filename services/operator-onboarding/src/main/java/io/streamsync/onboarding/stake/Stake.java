package io.streamsync.onboarding.stake;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import java.util.List;

/// What an operator has at stake, in STRM. Each movement returns the next state.
///
/// @param bonded counts in draws and votes
/// @param unbonding on its way out: counts for nothing, can be slashed
/// @param escrowed slashes that are not final: count towards the minimum
/// @param withdrawable matured, not at stake any more
public record Stake(
        OperatorId operatorId, Amount bonded, List<Unbonding> unbonding, Amount escrowed, Amount withdrawable) {

    public Stake {
        unbonding = List.copyOf(unbonding);
    }

    static Stake none(OperatorId operatorId) {
        return new Stake(operatorId, Amount.strm(0), List.of(), Amount.strm(0), Amount.strm(0));
    }

    /// Whether nodes may be listed for it (protocol, Stake).
    public boolean reaches(Amount minimum) {
        return counted(bonded).covers(minimum);
    }

    DepositOutcome deposit(Amount amount, Amount minimum) {
        try {
            var next = new Stake(operatorId, bonded.plus(amount), unbonding, escrowed, withdrawable);
            return next.reaches(minimum)
                    ? new DepositOutcome.Bonded(next)
                    : new DepositOutcome.BelowMinimum(minimum.minus(counted(next.bonded)));
        } catch (ArithmeticException tooLarge) {
            return new DepositOutcome.TooLarge();
        }
    }

    private Amount counted(Amount bond) {
        return bond.plus(escrowed);
    }

    sealed interface DepositOutcome {

        record Bonded(Stake next) implements DepositOutcome {}

        record BelowMinimum(Amount missing) implements DepositOutcome {}

        record TooLarge() implements DepositOutcome {}
    }
}
