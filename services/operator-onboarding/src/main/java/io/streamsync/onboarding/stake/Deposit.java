package io.streamsync.onboarding.stake;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import java.time.Instant;

/// Stake that came in, or is coming, over a rail.
record Deposit(
        String id, OperatorId operatorId, Amount amount, String rail, DepositStatus status, Instant depositedAt) {}
