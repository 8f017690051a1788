package io.streamsync.verifier.check;

import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import java.time.Duration;

/// Whether the times in a stream can have been: they are the router's word, but a record stands where it was written. A
/// race of an earlier or later time than its neighbours was drawn with a secret that the router chose.
final class TimeCheck {

    /// For routers that stood still, and clocks that differ.
    static final Duration SLACK = Duration.ofMinutes(1);

    /// A window may be sealed late, and has then what a new stream wrote until its first mark.
    private static final Duration BEHIND_THE_END = Duration.ofMinutes(10);

    private final Findings findings;
    private final long oldest;
    private long latestWritten = Long.MIN_VALUE;
    private long latestRace = Long.MIN_VALUE;

    /// @param deadline of a query
    TimeCheck(Duration deadline, Findings findings) {
        this.findings = findings;
        this.oldest = deadline.plus(SLACK).toMillis();
    }

    /// @param windowEnd Unix ms
    void raced(AnsweredLeaf leaf, long windowEnd) {
        var at = leaf.record().race().occurredAt();
        if (latestWritten != Long.MIN_VALUE && at < latestWritten - oldest) {
            tell(leaf.where(), "a race of the last " + oldest / 1_000 + " s", at, latestWritten);
        }
        latestRace = Math.max(latestRace, at);
        within(leaf.where(), at, windowEnd);
    }

    /// A record that says when it was written.
    ///
    /// @param windowEnd Unix ms
    void written(Where where, long at, long windowEnd) {
        if (latestRace != Long.MIN_VALUE && at < latestRace - SLACK.toMillis()) {
            tell(where, "a time behind the races before it", at, latestRace);
            latestRace = Long.MIN_VALUE;
        }
        latestWritten = Math.max(latestWritten, at);
        within(where, at, windowEnd);
    }

    private void within(Where where, long at, long windowEnd) {
        if (at > windowEnd + BEHIND_THE_END.toMillis()) {
            tell(where, "a time before the window's end", at, windowEnd);
        }
    }

    private void tell(Where where, String expected, long at, long beside) {
        var seconds = (at - beside) / 1_000;
        findings.add(
                FindingCode.RECORD_TIME,
                where,
                expected,
                "one " + Math.abs(seconds) + " s " + (seconds < 0 ? "earlier" : "later"));
    }
}
