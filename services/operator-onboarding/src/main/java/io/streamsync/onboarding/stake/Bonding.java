package io.streamsync.onboarding.stake;

import io.streamsync.events.Topics;
import io.streamsync.events.onboarding.StakeChanged;
import io.streamsync.onboarding.operator.Operator;
import io.streamsync.onboarding.operator.Operators;
import io.streamsync.onboarding.stake.Stake.DepositOutcome;
import io.streamsync.outbox.Outbox;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.parameters.Parameters;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Bonds deposits: stake, operator, the ledger's fact and the listing change in one transaction.
@Component
class Bonding {

    private static final int SCHEMA = 1;

    private final Stakes stakes;
    private final Operators operators;
    private final Outbox outbox;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    private final Amount minimum;

    Bonding(
            Stakes stakes,
            Operators operators,
            Outbox outbox,
            ApplicationEventPublisher events,
            InstantSource clock,
            Parameters parameters) {
        this.stakes = stakes;
        this.operators = operators;
        this.outbox = outbox;
        this.events = events;
        this.clock = clock;
        this.minimum = Amount.strm(parameters.minimumStake());
    }

    Amount minimum() {
        return minimum;
    }

    @Transactional
    public Deposit deposit(Operator operator, Amount amount, StakeRail rail) {
        var next = bonded(stakes.locked(operator.id()), amount);
        var id = UUID.randomUUID().toString();
        var status = rail.receive(operator.id(), id, amount);
        var deposit = new Deposit(id, operator.id(), amount, rail.name(), status, clock.instant());
        stakes.add(deposit);
        switch (status) {
            case CREDITED -> credit(deposit, next);
            case PENDING, FAILED -> {}
        }
        return deposit;
    }

    private Stake bonded(Stake stake, Amount amount) {
        return switch (stake.deposit(amount, minimum)) {
            case DepositOutcome.Bonded(var next) -> next;
            case DepositOutcome.BelowMinimum(var missing) ->
                throw new Refusal(
                                ProblemCode.STAKE_BELOW_MINIMUM,
                                "With this deposit the stake would be below the minimum of %s STRM: %s STRM more is needed."
                                        .formatted(minimum.decimal(), missing.decimal()))
                        .with("minimum", minimum.decimal())
                        .with("missing", missing.decimal());
            case DepositOutcome.TooLarge _ ->
                throw new Refusal(ProblemCode.AMOUNT_INVALID, "The stake would be larger than can be booked.")
                        .field("amount", "larger than can be booked");
        };
    }

    private void credit(Deposit deposit, Stake next) {
        stakes.write(next);
        var operator = operators.get(deposit.operatorId());
        operators.change(operator, operator.staked());
        outbox.add(
                Topics.STAKES,
                deposit.operatorId().value(),
                new StakeChanged(
                        UUID.randomUUID().toString(),
                        clock.instant(),
                        SCHEMA,
                        deposit.operatorId().value(),
                        StakeChanged.Kind.DEPOSITED,
                        deposit.id(),
                        deposit.rail(),
                        Long.toString(deposit.amount().nanoUnits())));
        events.publishEvent(new StakeMoved(deposit.operatorId()));
    }
}
