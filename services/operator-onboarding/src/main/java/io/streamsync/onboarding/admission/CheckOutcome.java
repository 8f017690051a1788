package io.streamsync.onboarding.admission;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came out of a check.
///
/// @param detail what was seen
/// @param remedy what the operator can do; null when nothing is to be done
record CheckOutcome(
        AdmissionCheck check,
        Outcome outcome,
        String detail,
        @Nullable String remedy,
        @Nullable Instant checkedAt) {

    enum Outcome {
        PASSED,
        FAILED,
        PENDING
    }

    static CheckOutcome pending(AdmissionCheck check, String detail) {
        return new CheckOutcome(check, Outcome.PENDING, detail, null, null);
    }

    boolean passed() {
        return outcome == Outcome.PASSED;
    }
}
