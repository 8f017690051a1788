package io.streamsync.onboarding.stake;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What an operator has at stake, in STRM. Each movement returns the next state.
///
/// @param bonded counts in draws and votes
/// @param unbonding on its way out: counts for nothing, can be slashed
/// @param escrowed slashes that are not final: count towards the minimum
/// @param withdrawable matured, not at stake any more
public record Stake(
        OperatorId operatorId, Amount bonded, List<Unbonding> unbonding, Amount escrowed, Amount withdrawable) {

    /// A hundred million STRM, ten thousand times the least: the market adds stakes up in 64 bits.
    private static final Amount MOST = Amount.strm(100_000_000 * Amount.NANO);

    /// The stake is shown whole, with each of them.
    private static final int MOST_UNBONDINGS = 20;

    public Stake {
        unbonding = List.copyOf(unbonding);
    }

    static Stake none(OperatorId operatorId) {
        return new Stake(operatorId, Amount.strm(0), List.of(), Amount.strm(0), Amount.strm(0));
    }

    /// Whether nodes may be listed for it (protocol, Stake).
    public boolean reaches(Amount minimum) {
        return counted().covers(minimum);
    }

    /// Whether all of it has left the bond for good.
    public boolean isReleased() {
        return !bonded.isPositive() && unbonding.isEmpty() && !escrowed.isPositive();
    }

    /// What a deposit must bring at least; only for a stake below the minimum.
    Amount missing(Amount minimum) {
        return minimum.minus(counted());
    }

    /// What became withdrawable by now.
    Stake matured(Instant now) {
        var running = unbonding.stream().filter(part -> !part.isMatured(now)).toList();
        var released =
                sum(unbonding.stream().filter(part -> part.isMatured(now)).map(Unbonding::amount));
        return new Stake(operatorId, bonded, running, escrowed, withdrawable.plus(released));
    }

    DepositOutcome deposit(Amount amount, Amount minimum) {
        if (!MOST.covers(amount) || !MOST.minus(amount).covers(whole())) {
            return new DepositOutcome.TooLarge(MOST);
        }
        var next = new Stake(operatorId, bonded.plus(amount), unbonding, escrowed, withdrawable);
        return next.reaches(minimum)
                ? new DepositOutcome.Bonded(next)
                : new DepositOutcome.BelowMinimum(next.missing(minimum));
    }

    UnbondingOutcome unbond(Unbonding part) {
        if (!bonded.covers(part.amount())) {
            return new UnbondingOutcome.TooLittle(bonded);
        }
        return unbonding.size() < MOST_UNBONDINGS
                ? new UnbondingOutcome.Started(started(part))
                : new UnbondingOutcome.TooMany(MOST_UNBONDINGS);
    }

    /// All that is bonded leaves the bond as this part.
    Stake unbondAll(Unbonding part) {
        return started(part);
    }

    /// The part is bonded again.
    Stake cancel(Unbonding part) {
        var others = unbonding.stream().filter(other -> !other.equals(part)).toList();
        return new Stake(operatorId, bonded.plus(part.amount()), others, escrowed, withdrawable);
    }

    /// None when less than that is withdrawable.
    Optional<Stake> withdraw(Amount amount) {
        return withdrawable.covers(amount)
                ? Optional.of(new Stake(operatorId, bonded, unbonding, escrowed, withdrawable.minus(amount)))
                : Optional.empty();
    }

    private Stake started(Unbonding part) {
        var parts = Stream.concat(unbonding.stream(), Stream.of(part)).toList();
        return new Stake(operatorId, bonded.minus(part.amount()), parts, escrowed, withdrawable);
    }

    private Amount counted() {
        return bonded.plus(escrowed);
    }

    private Amount whole() {
        return counted().plus(withdrawable).plus(sum(unbonding.stream().map(Unbonding::amount)));
    }

    private static Amount sum(Stream<Amount> amounts) {
        return amounts.reduce(Amount.strm(0), Amount::plus);
    }

    sealed interface DepositOutcome {

        record Bonded(Stake next) implements DepositOutcome {}

        record BelowMinimum(Amount missing) implements DepositOutcome {}

        record TooLarge(Amount most) implements DepositOutcome {}
    }

    sealed interface UnbondingOutcome {

        record Started(Stake next) implements UnbondingOutcome {}

        record TooLittle(Amount bonded) implements UnbondingOutcome {}

        record TooMany(int most) implements UnbondingOutcome {}
    }
}
