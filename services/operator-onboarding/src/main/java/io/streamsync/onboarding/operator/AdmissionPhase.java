package io.streamsync.onboarding.operator;

import io.streamsync.protocol.parameters.Parameters;
import java.time.Duration;

/// Who may become an operator (protocol, Admission by phase).
public enum AdmissionPhase {
    /// Founding operators with an invitation.
    LAUNCH,
    /// Anyone with the stake whose node passes the checks, after a waiting period.
    GROWTH,
    /// The same without waiting.
    MATURITY;

    /// How long a node is checked at least, before it is admitted.
    public Duration wait(Parameters parameters) {
        return switch (this) {
            case GROWTH -> parameters.growthWait();
            case LAUNCH, MATURITY -> Duration.ZERO;
        };
    }
}
