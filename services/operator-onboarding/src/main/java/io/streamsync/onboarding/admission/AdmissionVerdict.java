package io.streamsync.onboarding.admission;

import java.time.Instant;
import java.util.List;

/// What a round of checks means for a node that wants to enter the market.
sealed interface AdmissionVerdict {

    record Admitted() implements AdmissionVerdict {}

    /// All passed; the phase asks for patience.
    record Waiting(Instant until) implements AdmissionVerdict {}

    record Rejected(List<AdmissionCheck> missing) implements AdmissionVerdict {}

    /// @param missing the checks that did not pass
    /// @param admissibleAt when the waiting period is over (protocol, Admission by phase)
    static AdmissionVerdict of(List<AdmissionCheck> missing, Instant admissibleAt, Instant now) {
        if (!missing.isEmpty()) {
            return new Rejected(missing);
        }
        return now.isBefore(admissibleAt) ? new Waiting(admissibleAt) : new Admitted();
    }
}
