package io.streamsync.onboarding.stake;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;

/// A way by which stake comes in, and leaves again.
interface StakeRail {

    /// As requests name it.
    String name();

    /// Takes a deposit in.
    ///
    /// @param depositId unique: a rail that is asked twice takes it in once
    DepositStatus receive(OperatorId operatorId, String depositId, Amount amount);

    /// Pays a withdrawal out. A rail that takes its time answers `PENDING` and pays when this transaction has
    /// committed.
    ///
    /// @param withdrawalId unique: a rail that is asked twice pays once
    Withdrawal.Status pay(OperatorId operatorId, String withdrawalId, Amount amount, Destination destination);
}
