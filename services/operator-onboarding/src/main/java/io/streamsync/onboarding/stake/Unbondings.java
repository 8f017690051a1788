package io.streamsync.onboarding.stake;

import io.streamsync.onboarding.operator.OperatorChanged;
import io.streamsync.onboarding.operator.OperatorState;
import io.streamsync.onboarding.operator.Operators;
import io.streamsync.onboarding.stake.Stake.UnbondingOutcome;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.parameters.Parameters;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Takes stake out of the bond: it counts for nothing at once, and may come back until it has matured.
@Component
class Unbondings {

    private final Operators operators;
    private final Stakes stakes;
    private final StakeRegister register;
    private final InstantSource clock;
    private final Duration wait;

    Unbondings(Operators operators, Stakes stakes, StakeRegister register, InstantSource clock, Parameters parameters) {
        this.operators = operators;
        this.stakes = stakes;
        this.register = register;
        this.clock = clock;
        this.wait = parameters.unbonding();
    }

    @Transactional
    public Unbonding start(OperatorId operatorId, Amount amount) {
        refuseWhileExiting(operatorId, "all of its stake unbonds already");
        var part = part(amount);
        var next = switch (stakes.locked(operatorId).unbond(part)) {
            case UnbondingOutcome.Started(var stake) -> stake;
            case UnbondingOutcome.TooLittle(var bonded) ->
                throw new Refusal(
                                ProblemCode.BALANCE_TOO_LOW,
                                "No more than what is bonded can unbond: %s STRM.".formatted(bonded.decimal()))
                        .with("bonded", bonded.decimal());
            case UnbondingOutcome.TooMany(var most) ->
                throw new Refusal(
                        ProblemCode.STATE_CONFLICT,
                        "At most " + most + " unbondings run at once. Wait until one matures, or cancel one.");
        };
        enter(next, part);
        return part;
    }

    /// Repeating it changes nothing.
    @Transactional
    public void cancel(OperatorId operatorId, String unbondingId) {
        refuseWhileExiting(operatorId, "its stake unbonds to the end. Once it is EXITED, a deposit brings it back");
        var stake = stakes.locked(operatorId);
        switch (stakes.unbondingState(operatorId, unbondingId)) {
            case UNBONDING -> cancel(stake, unbondingId);
            case CANCELLED -> {}
            case MATURED ->
                throw new Refusal(
                        ProblemCode.STATE_CONFLICT,
                        "This unbonding has matured. Withdraw the stake, or deposit it again.");
        }
    }

    /// Whoever leaves the market takes the whole stake out.
    @EventListener
    void on(OperatorChanged changed) {
        if (changed.enters(OperatorState.EXITING)) {
            var stake = stakes.locked(changed.operatorId());
            if (stake.bonded().isPositive()) {
                var part = part(stake.bonded());
                enter(stake.unbondAll(part), part);
            }
        }
    }

    private void cancel(Stake stake, String unbondingId) {
        var part = stake.unbonding().stream()
                .filter(other -> other.id().equals(unbondingId))
                .findFirst()
                .orElseThrow();
        stakes.end(part, Unbonding.State.CANCELLED);
        register.cancelled(stake.cancel(part), part);
    }

    private void enter(Stake next, Unbonding part) {
        stakes.add(next.operatorId(), part);
        register.unbonding(next, part);
    }

    private Unbonding part(Amount amount) {
        var availableAt = clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(wait);
        return new Unbonding(UUID.randomUUID().toString(), amount, availableAt);
    }

    private void refuseWhileExiting(OperatorId operatorId, String why) {
        if (operators.locked(operatorId).state() == OperatorState.EXITING) {
            throw new Refusal(ProblemCode.STATE_CONFLICT, "The operator is EXITING: " + why + ".");
        }
    }
}
