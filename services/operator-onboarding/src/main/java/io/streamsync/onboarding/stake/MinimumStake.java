package io.streamsync.onboarding.stake;

import io.streamsync.onboarding.operator.StakeRequirement;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.parameters.Parameters;
import org.springframework.stereotype.Component;

/// The least that an operator in the market has at stake (protocol, Stake).
@Component
class MinimumStake implements StakeRequirement {

    private final Stakes stakes;
    private final Amount amount;

    MinimumStake(Stakes stakes, Parameters parameters) {
        this.stakes = stakes;
        this.amount = Amount.strm(parameters.minimumStake());
    }

    Amount amount() {
        return amount;
    }

    @Override
    public void require(OperatorId operatorId) {
        var stake = stakes.of(operatorId);
        if (stake.reaches(amount)) {
            return;
        }
        var missing = stake.missing(amount).decimal();
        throw new Refusal(
                        ProblemCode.STAKE_REQUIRED,
                        "The market needs a stake of at least %s STRM: deposit %s STRM more first."
                                .formatted(amount.decimal(), missing))
                .with("minimum", amount.decimal())
                .with("missing", missing);
    }
}
