package io.streamsync.verifier.check;

import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.NotCheckableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Races of a stream that wait for their verdict: each gets one (money, Units and ids), unless its router is gone.
final class OpenRaces {

    /// No router has so many; more would not be held in memory.
    private static final int MOST = 100_000;

    private final SequenceCheck sequences;
    private final Findings findings;
    private final Map<Long, AnsweredLeaf> open = new HashMap<>();

    OpenRaces(SequenceCheck sequences, Findings findings) {
        this.sequences = sequences;
        this.findings = findings;
    }

    /// @throws NotCheckableException when too many wait
    void answered(AnsweredLeaf leaf) {
        open.put(leaf.sequence(), leaf);
        if (open.size() > MOST) {
            throw new NotCheckableException("More than " + MOST + " races of a router wait for their verdict at once.");
        }
    }

    /// @return the race; empty when it stands in a window before those that were read, or nowhere
    Optional<AnsweredLeaf> verified(Verified verified, Where where) {
        var sequence = verified.sequence();
        var leaf = open.remove(sequence);
        if (leaf != null) {
            return Optional.of(leaf);
        }
        if (sequences.hasSeen(sequence)) {
            findings.add(FindingCode.VERDICT_REPEATED, where, "one VERIFIED of race " + sequence, "another");
        } else if (sequences.covers(sequence)) {
            findings.add(FindingCode.VERDICT_WITHOUT_RACE, where, "an ANSWERED of race " + sequence, "none before it");
        }
        return Optional.empty();
    }

    /// Whether the race, if there is one, stands in a window before those that were read.
    boolean standsBefore(long sequence) {
        return !sequences.hasSeen(sequence) && !sequences.covers(sequence);
    }

    /// How many races wait.
    int size() {
        return open.size();
    }

    /// An answer without an SLA may be a long one, which a slow customer reads for as long as it takes.
    ///
    /// @param verdictDeadline a verdict that is not there by then counts as UNVERIFIED
    void finish(Duration verdictDeadline) {
        for (var leaf : open.values()) {
            var race = leaf.record().race();
            var outcome = leaf.record().outcome();
            var ended = race.occurredAt() + outcome.latencyMicros() / 1_000;
            var isHeld = outcome.winner() < 0 || outcome.sla() != null;
            if (isHeld && sequences.latest() - ended > verdictDeadline.toMillis()) {
                findings.add(
                        FindingCode.VERDICT_MISSING,
                        leaf.where(),
                        "a VERIFIED within " + verdictDeadline.toSeconds() + " s",
                        "none, while the stream went on");
            }
        }
    }
}
