package io.streamsync.verifier;

import io.streamsync.verifier.check.Checked;
import io.streamsync.verifier.finding.Finding;
import io.streamsync.verifier.finding.FindingCode;
import java.util.List;
import java.util.Map;

/// What came of verifying an epoch.
///
/// @param findings the first of each kind
/// @param counts all of each kind
public record Report(long epoch, Checked checked, List<Finding> findings, Map<FindingCode, Long> counts) {

    public Report {
        findings = List.copyOf(findings);
        counts = Map.copyOf(counts);
    }

    public boolean fits() {
        return counts.isEmpty();
    }

    /// Whether nothing is missing that may still be published.
    public boolean isComplete() {
        return checked.waiting().isEmpty();
    }
}
