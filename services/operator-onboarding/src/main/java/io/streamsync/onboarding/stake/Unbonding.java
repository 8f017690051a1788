package io.streamsync.onboarding.stake;

import io.streamsync.protocol.money.Amount;
import java.time.Instant;

/// Stake that leaves the bond and is paid out from a moment on.
public record Unbonding(String id, Amount amount, Instant availableAt) {

    boolean isMatured(Instant now) {
        return !now.isBefore(availableAt);
    }

    /// How an unbonding stands, also after its end.
    enum State {
        UNBONDING,
        CANCELLED,
        MATURED
    }
}
