package io.streamsync.onboarding.admission;

import io.streamsync.onboarding.operator.AdmissionPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a round of checks means for a node that wants to enter the market.
sealed interface AdmissionVerdict {

    record Admitted() implements AdmissionVerdict {}

    /// All passed; the phase asks for patience.
    record Waiting(Instant until) implements AdmissionVerdict {}

    record Rejected(List<AdmissionCheck> missing) implements AdmissionVerdict {}

    /// @param missing the checks that did not pass
    /// @param checkingSince from when on the waiting period counts (protocol, Admission by phase)
    static AdmissionVerdict of(
            List<AdmissionCheck> missing,
            AdmissionPhase phase,
            Instant checkingSince,
            Duration growthWait,
            Instant now) {
        if (!missing.isEmpty()) {
            return new Rejected(missing);
        }
        var until = switch (phase) {
            case LAUNCH, MATURITY -> checkingSince;
            case GROWTH -> checkingSince.plus(growthWait);
        };
        return now.isBefore(until) ? new Waiting(until) : new Admitted();
    }
}
