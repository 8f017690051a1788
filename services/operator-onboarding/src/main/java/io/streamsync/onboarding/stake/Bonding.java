package io.streamsync.onboarding.stake;

import io.streamsync.onboarding.operator.OperatorState;
import io.streamsync.onboarding.operator.Operators;
import io.streamsync.onboarding.stake.Stake.DepositOutcome;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Bonds deposits. The first, and one after an exit, makes the operator staked; one that reaches the minimum again ends
/// its delisting.
@Component
class Bonding {

    private final Operators operators;
    private final Stakes stakes;
    private final StakeRegister register;
    private final MinimumStake minimum;
    private final InstantSource clock;

    Bonding(Operators operators, Stakes stakes, StakeRegister register, MinimumStake minimum, InstantSource clock) {
        this.operators = operators;
        this.stakes = stakes;
        this.register = register;
        this.minimum = minimum;
        this.clock = clock;
    }

    @Transactional
    public Deposit deposit(OperatorId operatorId, Amount amount, StakeRail rail) {
        if (operators.locked(operatorId).state() == OperatorState.EXITING) {
            throw new Refusal(
                    ProblemCode.STATE_CONFLICT,
                    "The operator is EXITING and takes no stake. Once it is EXITED, a deposit brings it back.");
        }
        var next = bonded(stakes.locked(operatorId), amount);
        var id = UUID.randomUUID().toString();
        var status = rail.receive(operatorId, id, amount);
        var deposit = new Deposit(id, operatorId, amount, rail.name(), status, clock.instant());
        stakes.add(deposit);
        switch (status) {
            case CREDITED -> register.deposited(next, deposit);
            case PENDING, FAILED -> {}
        }
        return deposit;
    }

    private Stake bonded(Stake stake, Amount amount) {
        return switch (stake.deposit(amount, minimum.amount())) {
            case DepositOutcome.Bonded(var next) -> next;
            case DepositOutcome.BelowMinimum(var missing) -> throw belowMinimum(missing);
            case DepositOutcome.TooLarge(var most) ->
                throw new Refusal(
                                ProblemCode.AMOUNT_INVALID,
                                "An operator has at most %s STRM at stake.".formatted(most.decimal()))
                        .field("amount", "more than an operator may have at stake");
        };
    }

    private Refusal belowMinimum(Amount missing) {
        var least = minimum.amount().decimal();
        return new Refusal(
                        ProblemCode.STAKE_BELOW_MINIMUM,
                        "With this deposit the stake would be below the minimum of %s STRM: %s STRM more is needed."
                                .formatted(least, missing.decimal()))
                .with("minimum", least)
                .with("missing", missing.decimal());
    }
}
