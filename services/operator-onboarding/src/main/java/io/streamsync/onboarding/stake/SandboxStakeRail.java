package io.streamsync.onboarding.stake;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/// Free stake for trying the market out; exists only where the installation says so.
@Component
@ConditionalOnBooleanProperty("streamsync.stake.sandbox")
class SandboxStakeRail implements StakeRail {

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public DepositStatus receive(OperatorId operatorId, String depositId, Amount amount) {
        return DepositStatus.CREDITED;
    }

    /// Free money goes nowhere: it only leaves the books.
    @Override
    public Withdrawal.Status pay(OperatorId operatorId, String withdrawalId, Amount amount, Destination destination) {
        return Withdrawal.Status.PAID;
    }
}
