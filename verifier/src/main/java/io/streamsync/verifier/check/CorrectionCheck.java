package io.streamsync.verifier.check;

import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.Correction;
import io.streamsync.verifier.publication.Corrections;
import io.streamsync.verifier.publication.Publication;
import java.util.HashSet;
import java.util.Set;

/// Whether a settlement says what it corrects of sealed windows: every race whose fee it gives back, and no other.
final class CorrectionCheck {

    /// Each takes a question to the market.
    private static final int PROVEN = 50;

    private final Publication publication;
    private final Findings findings;
    private final Set<Long> sequences = new HashSet<>();
    private long count;

    CorrectionCheck(Publication publication, Findings findings) {
        this.publication = publication;
        this.findings = findings;
    }

    void verified(Verified verified, boolean answeredInThisWindow) {
        if (verified.feeNano() > 0 && !answeredInThisWindow && Tallied.isReversed(verified)) {
            count++;
            sequences.add(verified.sequence());
        }
    }

    void finish(long window, Corrections corrections) {
        findings.same(
                FindingCode.CORRECTION_WRONG,
                Where.window(window),
                count + " races of windows before",
                corrections.count() + " races of windows before");
        corrections.first().stream().limit(PROVEN).forEach(correction -> prove(window, correction));
    }

    private void prove(long window, Correction correction) {
        var where = Where.receipt(window, correction.raceId());
        var race = correction.window() >= window
                ? null
                : publication
                        .proof(correction.window(), correction.raceId())
                        .flatMap(Proofs::answered)
                        .orElse(null);
        if (race == null) {
            findings.add(FindingCode.CORRECTION_WRONG, where, "a race of window " + correction.window(), "none");
        } else if (!sequences.contains(race.race().sequence())) {
            findings.add(FindingCode.CORRECTION_WRONG, where, "a verdict here that gives its fee back", "none");
        }
    }
}
