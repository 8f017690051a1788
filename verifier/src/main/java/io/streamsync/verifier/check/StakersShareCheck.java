package io.streamsync.verifier.check;

import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import java.math.BigInteger;

/// Whether stakes got what the stakers' pool had: what was carried from the window before and what this one
/// brought, less what it carries on. Headers of the first format do not say what is carried: behind one of them
/// it is no more than windows brought since stakes were paid last, and what the division left then.
final class StakersShareCheck {

    /// Of each operator a division leaves less than a nano-unit; more operators there are not.
    private static final BigInteger MOST_LEFT = BigInteger.valueOf(10_000);

    private final SettlementHeader header;
    private final Findings findings;
    private final BigInteger taken;
    private BigInteger due;
    private boolean isFirstStep = true;
    private boolean done;

    StakersShareCheck(SettlementHeader header, Findings findings) {
        this.header = header;
        this.findings = findings;
        var sharedOut = header.sharedOut();
        this.taken = BigInteger.valueOf(header.stakersShare())
                .add(BigInteger.valueOf(sharedOut == null ? 0 : sharedOut.carried()));
        this.due = BigInteger.valueOf(header.sums().stakers());
        this.done = sharedOut == null && header.stakersShare() == 0;
    }

    boolean isDone() {
        return done;
    }

    /// @param earlier the header before those that were told
    void before(SettlementHeader earlier) {
        if (done) {
            return;
        }
        var known = earlier.sharedOut();
        if (known != null) {
            due = due.add(BigInteger.valueOf(known.carried()));
            finish();
        } else if (earlier.stakersShare() == 0) {
            due = due.add(BigInteger.valueOf(earlier.sums().stakers()));
        } else {
            due = due.add(MOST_LEFT);
            atMost();
        }
        isFirstStep = false;
    }

    /// There is nothing before, or it is known what was carried from there.
    void finish() {
        if (!done && isFirstStep && header.sharedOut() != null && !taken.equals(due)) {
            tell(due + " nano-USDC for stakes, now or later");
            done = true;
        }
        atMost();
    }

    private void atMost() {
        if (!done && (header.stakersShare() < 0 || taken.compareTo(due) > 0)) {
            tell("at most " + due + " nano-USDC for stakes");
        }
        done = true;
    }

    private void tell(String expected) {
        var sharedOut = header.sharedOut();
        findings.add(
                FindingCode.STAKERS_SHARE,
                Where.window(header.epoch()),
                expected,
                header.stakersShare() + " nano-USDC"
                        + (sharedOut == null ? "" : ", and " + sharedOut.carried() + " carried"));
    }
}
