package io.streamsync.verifier.check;

import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.StreamName;
import java.time.Duration;

/// One stream over the windows that were read, record by record.
final class StreamCheck {

    private final StreamName stream;
    private final Findings findings;
    private final SequenceCheck sequences;
    private final OpenRaces open;
    private final SequenceSet ofThisWindow = new SequenceSet();
    private boolean ended;

    StreamCheck(StreamName stream, boolean fromTheStart, Duration deadline, Findings findings) {
        this.stream = stream;
        this.findings = findings;
        this.sequences = new SequenceCheck(stream, fromTheStart, deadline, findings);
        this.open = new OpenRaces(sequences, findings);
    }

    OpenRaces open() {
        return open;
    }

    boolean hasEnded() {
        return ended;
    }

    /// Whether the race was answered in the window that is verified.
    boolean answeredInThisWindow(long sequence) {
        return ofThisWindow.contains(sequence);
    }

    void take(long window, long position, PublicRecord record, boolean isThisWindow) {
        if (ended) {
            findings.add(
                    FindingCode.AFTER_STREAM_END,
                    Where.position(window, stream, position),
                    "nothing after STREAM_ENDED",
                    "a record");
        }
        switch (record) {
            case PublicRecord.Answered answered -> {
                var leaf = new AnsweredLeaf(window, stream, position, answered);
                sequences.raced(leaf, answered.race().occurredAt());
                open.answered(leaf);
                if (isThisWindow) {
                    ofThisWindow.add(leaf.sequence());
                }
            }
            case PublicRecord.Verified(var verified) -> sequences.written(verified.occurredAt());
            case PublicRecord.EpochEnded mark -> sequences.written(mark.occurredAt());
            case PublicRecord.StreamEnded _ -> ended = true;
            case PublicRecord.SubscriptionCharged charged -> sequences.written(charged.occurredAt());
            case PublicRecord.LeaseClosed _ -> {}
        }
    }

    void finish(long window, Duration verdictDeadline) {
        sequences.finish(window);
        open.finish(verdictDeadline);
    }
}
