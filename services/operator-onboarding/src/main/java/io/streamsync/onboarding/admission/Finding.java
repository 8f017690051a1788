package io.streamsync.onboarding.admission;

import io.streamsync.onboarding.admission.CheckOutcome.Outcome;
import java.time.Instant;

/// What a check found out, before it is dated.
sealed interface Finding {

    record Passed(String detail) implements Finding {}

    record Failed(String detail, String remedy) implements Finding {}

    default CheckOutcome of(AdmissionCheck check, Instant now) {
        return switch (this) {
            case Passed(var detail) -> new CheckOutcome(check, Outcome.PASSED, detail, null, now);
            case Failed(var detail, var remedy) -> new CheckOutcome(check, Outcome.FAILED, detail, remedy, now);
        };
    }
}
