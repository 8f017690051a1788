package io.streamsync.onboarding.stake;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import java.time.Instant;

/// Matured stake that left, or is leaving, by the rail it came in by.
record Withdrawal(
        String id,
        OperatorId operatorId,
        Amount amount,
        String rail,
        Destination destination,
        Status status,
        Instant requestedAt) {

    /// Where a withdrawal is: on its way, paid, or refused by its rail.
    enum Status {
        PENDING,
        PAID,
        FAILED
    }
}
