package io.streamsync.billing.reconciliation;

import java.time.Instant;
import java.util.List;

/// One run over all checks.
record Reconciliation(Instant at, boolean fits, List<Check> checks) {

    static Reconciliation of(Instant at, List<Check> checks) {
        return new Reconciliation(at, checks.stream().allMatch(Check::fits), List.copyOf(checks));
    }

    List<Check> failed() {
        return checks.stream().filter(check -> !check.fits()).toList();
    }
}
