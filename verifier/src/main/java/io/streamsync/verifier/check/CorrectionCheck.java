package io.streamsync.verifier.check;

import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.Tally;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.Correction;
import io.streamsync.verifier.publication.Corrections;
import io.streamsync.verifier.publication.Proof;
import io.streamsync.verifier.publication.Publication;
import io.streamsync.verifier.publication.StreamName;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Whether a settlement says what it corrects of sealed windows: every race whose fee it gives back, each once, and no
/// other.
final class CorrectionCheck {

    /// Each takes questions to the market.
    private static final int PROVEN = 50;

    private final Publication publication;
    private final Findings findings;
    private final Set<Race> givenBack = new HashSet<>();
    private long count;

    CorrectionCheck(Publication publication, Findings findings) {
        this.publication = publication;
        this.findings = findings;
    }

    void verified(StreamName stream, Verified verified, boolean answeredInThisWindow) {
        if (verified.feeNano() > 0 && !answeredInThisWindow && Tally.givesBack(verified)) {
            count++;
            givenBack.add(new Race(stream, verified.sequence()));
        }
    }

    void finish(SettlementHeader header, Corrections corrections) {
        findings.same(
                FindingCode.CORRECTION_WRONG,
                Where.window(header.epoch()),
                count + " races of windows before",
                corrections.count() + " races of windows before");
        var shown = corrections.first().size();
        if (shown < Math.min(count, PROVEN)) {
            findings.add(
                    FindingCode.CORRECTION_WRONG,
                    Where.window(header.epoch()),
                    "the first " + Math.min(count, PROVEN) + " of them by name",
                    shown);
        }
        corrections.first().stream().limit(PROVEN).forEach(correction -> prove(header, correction));
    }

    /// A race that is named twice is not given back twice: it is taken off the list of those that are.
    private void prove(SettlementHeader header, Correction correction) {
        var where = Where.receipt(header.epoch(), correction.raceId());
        var race = correction.window() >= header.epoch() ? Optional.<Race>empty() : race(header, correction);
        if (race.isEmpty()) {
            findings.add(FindingCode.CORRECTION_WRONG, where, "a race of window " + correction.window(), "none");
        } else if (!givenBack.remove(race.get())) {
            findings.add(FindingCode.CORRECTION_WRONG, where, "a verdict here that gives its fee back", "none");
        }
    }

    /// Of a window that the same key has signed.
    private Optional<Race> race(SettlementHeader header, Correction correction) {
        var window = publication
                .settlement(correction.window())
                .filter(settled -> settled.header().publicKey().equals(header.publicKey())
                        && settled.epoch() == correction.window()
                        && settled.header().isSigned(settled.signature()));
        return window.flatMap(settled -> publication
                .proof(correction.window(), correction.raceId())
                .filter(proof -> Proofs.leads(settled.header(), proof, correction.raceId()))
                .flatMap(proof -> race(settled.header(), proof)));
    }

    private static Optional<Race> race(SettlementHeader header, Proof proof) {
        return Proofs.stream(header, proof)
                .flatMap(stream -> Proofs.answered(proof)
                        .map(answered -> new Race(stream, answered.race().sequence())));
    }

    private record Race(StreamName stream, long sequence) {}
}
