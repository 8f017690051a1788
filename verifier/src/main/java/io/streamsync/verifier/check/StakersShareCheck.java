package io.streamsync.verifier.check;

import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import java.math.BigInteger;

/// Whether stakes got no more than the stakers' pool had: what windows brought since stakes were paid last, and what
/// the division left then. Who got which part of it is not published.
final class StakersShareCheck {

    /// Of each operator a division leaves less than a nano-unit; more operators there are not.
    private static final BigInteger MOST_LEFT = BigInteger.valueOf(10_000);

    private final SettlementHeader header;
    private final Findings findings;
    private BigInteger due;
    private boolean done;

    StakersShareCheck(SettlementHeader header, Findings findings) {
        this.header = header;
        this.findings = findings;
        this.due = BigInteger.valueOf(header.sums().stakers());
        this.done = header.stakersShare() == 0;
    }

    boolean isDone() {
        return done;
    }

    /// @param earlier the header before those that were told
    void before(SettlementHeader earlier) {
        if (done) {
            return;
        }
        if (earlier.stakersShare() == 0) {
            due = due.add(BigInteger.valueOf(earlier.sums().stakers()));
        } else {
            due = due.add(MOST_LEFT);
            finish();
        }
    }

    /// There is nothing before.
    void finish() {
        if (!done
                && (header.stakersShare() < 0
                        || BigInteger.valueOf(header.stakersShare()).compareTo(due) > 0)) {
            findings.add(
                    FindingCode.STAKERS_SHARE,
                    Where.window(header.epoch()),
                    "at most " + due + " nano-USDC for stakes",
                    header.stakersShare() + " nano-USDC");
        }
        done = true;
    }
}
