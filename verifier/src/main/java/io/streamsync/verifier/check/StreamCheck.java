package io.streamsync.verifier.check;

import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.settlement.SettlementHeader;
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
    private final TimeCheck times;
    private final OpenRaces open;
    private final SequenceSet ofThisWindow = new SequenceSet();
    private boolean ended;

    StreamCheck(StreamName stream, boolean fromTheStart, Duration deadline, Findings findings) {
        this.stream = stream;
        this.findings = findings;
        this.sequences = new SequenceCheck(stream, fromTheStart, deadline, findings);
        this.times = new TimeCheck(deadline, findings);
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

    /// @param header of the record's window
    void take(SettlementHeader header, long position, PublicRecord record, boolean isThisWindow) {
        var where = Where.position(header.epoch(), stream, position);
        if (ended) {
            findings.add(FindingCode.AFTER_STREAM_END, where, "nothing after STREAM_ENDED", "a record");
        }
        switch (record) {
            case PublicRecord.Answered answered -> {
                var leaf = new AnsweredLeaf(header.epoch(), stream, position, answered);
                times.raced(leaf, header.endsAt());
                sequences.raced(leaf, answered.race().occurredAt());
                open.answered(leaf);
                if (isThisWindow) {
                    ofThisWindow.add(leaf.sequence());
                }
            }
            case PublicRecord.Verified(var verified) -> written(where, verified.occurredAt(), header);
            case PublicRecord.EpochEnded mark -> written(where, mark.occurredAt(), header);
            case PublicRecord.StreamEnded _ -> ended = true;
            case PublicRecord.SubscriptionCharged charged -> written(where, charged.occurredAt(), header);
            case PublicRecord.LeaseClosed _ -> {}
        }
    }

    private void written(Where where, long unixMillis, SettlementHeader header) {
        times.written(where, unixMillis, header.endsAt());
        sequences.written(unixMillis);
    }

    void finish(long window, Duration verdictDeadline) {
        sequences.finish(window);
        open.finish(verdictDeadline);
    }
}
