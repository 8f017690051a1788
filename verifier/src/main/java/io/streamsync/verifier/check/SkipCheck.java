package io.streamsync.verifier.check;

import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;

/// Whether the reasons of skips can have been: credit is one number for all racing places, and nobody is behind a slot
/// that was not asked for. Circuits and capacity are the router's word; see [SkipStatistics].
final class SkipCheck {

    private final Findings findings;

    SkipCheck(Findings findings) {
        this.findings = findings;
    }

    void check(AnsweredLeaf leaf, Replay replay) {
        var taken = replay.skips().taken();
        for (var i = 0; i < taken.size(); i++) {
            var skip = taken.get(i);
            if (skip.skipped().reason() == SkipReason.CREDIT) {
                credit(leaf, skip, replay.reserved(), i >= replay.skipsOfFirst());
            }
            if (skip.skipped().reason() == SkipReason.BEHIND
                    && leaf.record().race().minSlot() <= 0) {
                findings.add(
                        FindingCode.SKIP_UNFOUNDED,
                        leaf.where(),
                        "nobody behind, as no slot was asked for",
                        "node " + skip.skipped().nodeId() + " skipped as behind");
            }
        }
    }

    /// The second draw has a ceiling of what was set aside, so that nobody in it is too dear.
    private void credit(AnsweredLeaf leaf, SkipQueue.Taken skip, long reserved, boolean second) {
        if (second || !skip.place().races() || skip.ask().priceNano() <= reserved) {
            findings.add(
                    FindingCode.SKIP_UNFOUNDED,
                    leaf.where(),
                    "credit for " + reserved + " nano-USDC, which was set aside, to buy node "
                            + skip.skipped().nodeId() + " at " + skip.ask().priceNano(),
                    "it skipped for want of credit");
        }
    }
}
