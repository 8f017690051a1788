package io.streamsync.verifier.check;

import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.StreamName;
import java.time.Duration;

/// Every number of a race that was given out has its ANSWERED (decision 4). Races end in another order than they start,
/// so a number is missing only when a later race's record stood in the stream longer than any race may take. At a
/// window's border it may be still to come; behind a crash it never will, and no record is later then. Nor is a number
/// used long after it was given out: whoever keeps some has a choice of draws.
final class SequenceCheck {

    /// Beyond the deadline of a query: pauses of the router, and clocks that are read a little before writing.
    private static final Duration SLACK = Duration.ofSeconds(10);

    /// No router has so many races in flight; a jump beyond is a gap at once.
    private static final long MOST_IN_FLIGHT = 1_000_000;

    private static final long NOT_TIMED = Long.MAX_VALUE;
    private static final long NOWHERE = -2;

    private final StreamName stream;
    private final Findings findings;
    private final long patience;
    private final long longest;
    private final SequenceSet seen = new SequenceSet();
    private final MissingNumbers missing = new MissingNumbers();
    /// All numbers above are known to belong here; those at or below may stand in windows before.
    private long known = NOWHERE;
    private long knownAt = NOT_TIMED;
    private long highest = NOWHERE;
    private long startedBy = NOT_TIMED;
    private long latest = Long.MIN_VALUE;

    /// @param fromTheStart whether the stream's first record is among these
    /// @param deadline of a query
    SequenceCheck(StreamName stream, boolean fromTheStart, Duration deadline, Findings findings) {
        this.stream = stream;
        this.findings = findings;
        this.patience = deadline.plus(SLACK).toMillis();
        this.longest = deadline.plus(TimeCheck.SLACK).toMillis();
        if (fromTheStart) {
            known = -1;
            highest = -1;
        }
    }

    /// @param occurredAt when the race's request was complete
    void raced(AnsweredLeaf leaf, long occurredAt) {
        var sequence = leaf.sequence();
        if (!seen.add(sequence)) {
            findings.add(FindingCode.SEQUENCE_REPEATED, leaf.where(), "one ANSWERED of race " + sequence, "another");
            return;
        }
        if (known == NOWHERE) {
            if (startedBy != NOT_TIMED && occurredAt >= startedBy) {
                knowFrom(sequence, occurredAt, leaf);
            }
        } else if (sequence > highest) {
            missed(leaf, highest + 1, sequence);
            highest = sequence;
        } else {
            late(leaf, sequence <= known ? knownAt : missing.remove(sequence));
        }
    }

    /// A record that says when it was written.
    void written(long unixMillis) {
        if (startedBy == NOT_TIMED) {
            startedBy = unixMillis + Duration.ofSeconds(1).toMillis();
        }
        latest = Math.max(latest, unixMillis);
        missing.written(unixMillis);
    }

    /// Whether an ANSWERED of this number, were there one, would be among the records that were seen.
    boolean covers(long sequence) {
        return known != NOWHERE && sequence > known;
    }

    boolean hasSeen(long sequence) {
        return seen.contains(sequence);
    }

    long latest() {
        return latest;
    }

    /// @param window that the findings are told of
    void finish(long window) {
        missing.missingFor(patience, latest).forEach((from, to) -> gap(Where.stream(window, stream), from, to));
    }

    /// @param from when a later number had been used already
    private void late(AnsweredLeaf leaf, long from) {
        if (from != NOT_TIMED && latest - from > longest) {
            findings.add(
                    FindingCode.SEQUENCE_REPEATED,
                    leaf.where(),
                    "a number that is next, or was given out in the last " + longest / 1_000 + " s",
                    "number " + leaf.sequence() + ", which was given out " + (latest - from) / 1_000 + " s before");
        }
    }

    /// The race began after the records did, so whatever has a higher number stands among them.
    private void knowFrom(long sequence, long occurredAt, AnsweredLeaf leaf) {
        known = sequence;
        knownAt = occurredAt;
        var next = sequence + 1;
        for (var range : seen.above(sequence)) {
            if (range.getValue() > sequence) {
                missed(leaf, next, Math.max(next, range.getKey()));
                next = range.getValue() + 1;
            }
        }
        highest = seen.highest();
    }

    private void missed(AnsweredLeaf leaf, long from, long to) {
        if (to - from > MOST_IN_FLIGHT) {
            gap(leaf.where(), from, to - 1);
        } else if (from < to) {
            missing.add(from, to - 1);
        }
    }

    private void gap(Where where, long from, long to) {
        findings.add(
                FindingCode.SEQUENCE_GAP,
                where,
                from == to ? "an ANSWERED of race " + from : "an ANSWERED of races " + from + " to " + to,
                "none");
    }
}
