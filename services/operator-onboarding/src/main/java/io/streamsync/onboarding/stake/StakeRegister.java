package io.streamsync.onboarding.stake;

import io.streamsync.events.Topics;
import io.streamsync.events.onboarding.StakeChanged;
import io.streamsync.onboarding.operator.Operators;
import io.streamsync.outbox.Outbox;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Enters what moves stake wherever it matters, in one transaction: the stake, the operator's standing, the fact that
/// billing's ledger books, and the listings.
@Component
class StakeRegister {

    private static final int SCHEMA = 1;

    /// Of a movement within the stake.
    private static final String NO_RAIL = "";

    private final Stakes stakes;
    private final Operators operators;
    private final MinimumStake minimum;
    private final Outbox outbox;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    StakeRegister(
            Stakes stakes,
            Operators operators,
            MinimumStake minimum,
            Outbox outbox,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.stakes = stakes;
        this.operators = operators;
        this.minimum = minimum;
        this.outbox = outbox;
        this.events = events;
        this.clock = clock;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void deposited(Stake next, Deposit deposit) {
        enter(next, StakeChanged.Kind.DEPOSITED, deposit.id(), deposit.rail(), deposit.amount());
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void unbonding(Stake next, Unbonding part) {
        enter(next, StakeChanged.Kind.UNBONDING_STARTED, part.id(), NO_RAIL, part.amount());
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void cancelled(Stake next, Unbonding part) {
        enter(next, StakeChanged.Kind.UNBONDING_CANCELLED, part.id(), NO_RAIL, part.amount());
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void withdrawn(Stake next, Withdrawal withdrawal) {
        enter(next, StakeChanged.Kind.WITHDRAWN, withdrawal.id(), withdrawal.rail(), withdrawal.amount());
    }

    private void enter(Stake next, StakeChanged.Kind kind, String reference, String rail, Amount amount) {
        stakes.write(next);
        var operator = operators.get(next.operatorId());
        operators.change(operator, operator.standing(next.reaches(minimum.amount())));
        outbox.add(Topics.STAKES, next.operatorId().value(), fact(next.operatorId(), kind, reference, rail, amount));
        events.publishEvent(new StakeMoved(next.operatorId()));
    }

    private StakeChanged fact(
            OperatorId operatorId, StakeChanged.Kind kind, String reference, String rail, Amount amount) {
        return new StakeChanged(
                UUID.randomUUID().toString(),
                clock.instant(),
                SCHEMA,
                operatorId.value(),
                kind,
                reference,
                rail,
                Long.toString(amount.nanoUnits()));
    }
}
