package io.streamsync.verifier.check;

import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.settlement.MerkleTree;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.Proof;
import io.streamsync.verifier.publication.Publication;
import io.streamsync.verifier.publication.Settlement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Whether every race that a customer holds a receipt of was settled, in this window or, when its record came late, in
/// one of the next, and for what the customer was told. Only receipts show that a router kept quiet about a whole race.
final class ReceiptCheck {

    /// A record waits for Kafka or billing for minutes, not for hours.
    private static final int LATER_WINDOWS = 3;

    private final Publication publication;
    private final Findings findings;
    private final List<Settlement> windows = new ArrayList<>();
    private final List<String> waiting = new ArrayList<>();
    private final Settlement settlement;
    private long last;
    private long proven;

    ReceiptCheck(Publication publication, Settlement settlement, Findings findings) {
        this.publication = publication;
        this.settlement = settlement;
        this.findings = findings;
    }

    void check(List<Receipt> receipts) {
        if (!receipts.isEmpty()) {
            findWindows();
            receipts.forEach(this::check);
        }
    }

    long proven() {
        return proven;
    }

    /// Receipts of races that a window may settle which is not sealed yet.
    List<String> waiting() {
        return waiting;
    }

    /// The one before last: a customer's clock does not tell which epoch a query at the border belongs to.
    private void findWindows() {
        windows.add(settlement);
        var allSealed = true;
        for (var later = 1; later <= LATER_WINDOWS && allSealed; later++) {
            var next = publication.settlement(settlement.epoch() + later);
            next.ifPresent(windows::add);
            allSealed = next.isPresent();
        }
        last = windows.getLast().epoch();
        publication.settlement(settlement.epoch() - 1).ifPresent(windows::add);
    }

    private void check(Receipt receipt) {
        for (var window : windows) {
            var proof = publication.proof(window.epoch(), receipt.raceId());
            if (proof.isPresent()) {
                check(receipt, window, proof.get());
                return;
            }
        }
        omitted(receipt);
    }

    private void omitted(Receipt receipt) {
        if (last > settlement.epoch()) {
            findings.add(
                    FindingCode.RACE_OMITTED,
                    Where.receipt(settlement.epoch(), receipt.raceId()),
                    "a leaf of it in windows " + settlement.epoch() + " to " + last,
                    "none");
        } else {
            waiting.add("race " + receipt.raceId() + ", which the next window may settle");
        }
    }

    private void check(Receipt receipt, Settlement window, Proof proof) {
        var where = Where.receipt(window.epoch(), receipt.raceId());
        if (!Proofs.leads(window.header(), proof)) {
            findings.add(
                    FindingCode.PROOF_WRONG,
                    where,
                    "a path to the root " + window.header().root(),
                    "another");
            return;
        }
        var told = Proofs.answered(proof);
        if (told.isEmpty()) {
            findings.add(FindingCode.PROOF_WRONG, where, "an ANSWERED", "another record");
            return;
        }
        proven++;
        compare(receipt, proof, told.get(), where);
    }

    private void compare(Receipt receipt, Proof proof, PublicRecord.Answered settled, Where where) {
        var outcome = settled.outcome();
        if (receipt.feeNano() != null) {
            findings.same(
                    FindingCode.RECEIPT_MISMATCH,
                    where,
                    "a fee of " + receipt.feeNano() + " nano-USDC",
                    "a fee of " + outcome.feeNano() + " nano-USDC");
        }
        if (receipt.operatorId() != null && outcome.winner() >= 0) {
            var operator = settled.asked().places().get(outcome.winner()).operatorId();
            findings.same(
                    FindingCode.RECEIPT_MISMATCH, where, "operator " + receipt.operatorId(), "operator " + operator);
        }
        if (receipt.receiptHash() != null) {
            findings.same(
                    FindingCode.RECEIPT_MISMATCH,
                    where,
                    "the hash " + receipt.receiptHash(),
                    "the hash " + HexFormat.of().formatHex(MerkleTree.leafHash(proof.leafBytes())));
        }
    }
}
