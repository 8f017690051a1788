package io.streamsync.verifier.check;

import io.streamsync.protocol.record.StreamRecord.Outcome;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.protocol.record.StreamRecord.Sla;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;

/// Whether lateness was judged by the SLA that holds, and refunded (protocol, SLA and refunds). The latency itself is
/// the router's word; so is that an answer was large, or waited for a slot, and therefore has no SLA.
final class SlaCheck {

    private static final long MICROS = 1_000;

    private final Findings findings;

    SlaCheck(Findings findings) {
        this.findings = findings;
    }

    void check(AnsweredLeaf leaf, RaceRules rules) {
        var outcome = leaf.record().outcome();
        if (leaf.winner() == null) {
            refund(leaf, RefundReason.NO_ANSWER);
            return;
        }
        var sla = outcome.sla();
        if (sla == null) {
            undue(leaf);
            return;
        }
        if (rules.method().heavy()) {
            findings.add(FindingCode.SLA_WRONG, leaf.where(), "none for a heavy method", text(sla));
        }
        of(leaf, rules, sla);
        var late = outcome.latencyMicros() > sla.maxLatencyMs() * MICROS;
        if (sla.met() == late) {
            findings.add(
                    FindingCode.SLA_WRONG,
                    leaf.where(),
                    (late ? "missed" : "met") + " after " + outcome.latencyMicros() + " µs of " + sla.maxLatencyMs()
                            + " ms",
                    sla.met() ? "met" : "missed");
        }
        if (late) {
            missed(leaf, outcome);
        } else {
            undue(leaf);
        }
    }

    private void missed(AnsweredLeaf leaf, Outcome outcome) {
        refund(leaf, RefundReason.SLA_MISSED);
        if (outcome.feeNano() != 0) {
            findings.add(
                    FindingCode.REFUND_MISSING,
                    leaf.where(),
                    "nothing charged for a late answer",
                    outcome.feeNano() + " nano-USDC charged");
        }
    }

    private void refund(AnsweredLeaf leaf, RefundReason due) {
        var listed = leaf.record().outcome().refund();
        if (listed != due) {
            findings.add(
                    listed == null ? FindingCode.REFUND_MISSING : FindingCode.REFUND_WRONG,
                    leaf.where(),
                    due,
                    listed == null ? "none" : listed);
        }
    }

    /// In time, or without an SLA: the winner is paid.
    private void undue(AnsweredLeaf leaf) {
        var outcome = leaf.record().outcome();
        if (outcome.refund() != null) {
            findings.add(FindingCode.REFUND_WRONG, leaf.where(), "none", outcome.refund());
        }
        if (outcome.feeNano() == 0 && outcome.priceNano() != 0) {
            findings.add(
                    FindingCode.FEE_WRONG, leaf.where(), outcome.priceNano() + " nano-USDC for an answer in time", 0);
        }
        if (outcome.lateByRouter()) {
            findings.add(FindingCode.SLA_WRONG, leaf.where(), "nobody late", "late by the router");
        }
    }

    private void of(AnsweredLeaf leaf, RaceRules rules, Sla sla) {
        var terms = leaf.record().race().terms();
        var winner = leaf.winner();
        var ask = winner == null
                ? null
                : rules.ask(
                                winner.nodeId(),
                                winner.operatorId(),
                                leaf.record().race().queryClass())
                        .orElse(null);
        if (ask != null) {
            var limit = terms.maxLatencyMs().orElse(ask.guaranteedLatencyMs());
            var due = new Sla(limit, terms.maxLatencyMs().isPresent(), sla.met());
            findings.same(FindingCode.SLA_WRONG, leaf.where(), text(due), text(sla));
        }
    }

    private static String text(Sla sla) {
        return (sla.ofCustomer() ? "the customer's " : "the operator's ") + sla.maxLatencyMs() + " ms";
    }
}
