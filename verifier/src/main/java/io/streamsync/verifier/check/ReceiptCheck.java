package io.streamsync.verifier.check;

import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.Proof;
import io.streamsync.verifier.publication.Publication;
import io.streamsync.verifier.publication.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Whether every race that a customer holds a receipt of was settled, in this window or, when its record came late, in
/// one of the next, each race for itself and for what the customer was told. Only receipts show that a router kept
/// quiet about a whole race.
final class ReceiptCheck {

    /// A record waits for Kafka or billing for minutes, not for hours; a customer's clock is wrong by no more.
    private static final int WINDOWS_BESIDE = 3;

    private static final Duration BESIDE = Duration.ofMinutes(15);

    /// Of the shortest epochs.
    private static final int MOST_WINDOWS = 900;

    private final Publication publication;
    private final Chain chain;
    private final Findings findings;
    private final ReceiptComparison comparison;
    private final Settlement settlement;
    private final List<Settlement> windows = new ArrayList<>();
    private final List<String> waiting = new ArrayList<>();
    /// Which receipt a leaf proves, by window and index.
    private final Map<String, String> leaves = new HashMap<>();
    private boolean allSealed;
    private long last;
    private long proven;

    ReceiptCheck(
            Publication publication, Chain chain, Settlement settlement, ParametersBook parameters, Findings findings) {
        this.publication = publication;
        this.chain = chain;
        this.settlement = settlement;
        this.findings = findings;
        this.comparison = new ReceiptComparison(findings, parameters);
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

    List<String> notices() {
        return comparison.notices();
    }

    /// Receipts of races that a window may settle which is not sealed yet.
    List<String> waiting() {
        return waiting;
    }

    /// Those before last: a customer's clock does not tell which epoch a query at the border belongs to.
    private void findWindows() {
        windows.add(settlement);
        windows.addAll(beside(chain::after));
        last = windows.getLast().epoch();
        allSealed = isFar(windows.getLast(), windows.size() - 1);
        windows.addAll(beside(chain::before));
    }

    private List<Settlement> beside(Function<Settlement, Optional<Settlement>> next) {
        var beside = new ArrayList<Settlement>();
        var at = next.apply(settlement);
        while (at.isPresent()) {
            beside.add(at.get());
            if (isFar(at.get(), beside.size())) {
                break;
            }
            at = next.apply(at.get());
        }
        return beside;
    }

    /// Whether it is the last that may have a record of the window.
    private boolean isFar(Settlement other, int steps) {
        var apart = Math.abs(other.header().endsAt() - settlement.header().endsAt());
        return steps >= MOST_WINDOWS || (steps >= WINDOWS_BESIDE && apart >= BESIDE.toMillis());
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
        if (allSealed) {
            findings.add(
                    FindingCode.RACE_OMITTED,
                    Where.receipt(settlement.epoch(), receipt.raceId()),
                    "a leaf of it in windows " + settlement.epoch() + " to " + last,
                    "none");
        } else {
            waiting.add("race " + receipt.raceId() + ", which a window may settle that is not sealed yet");
        }
    }

    private void check(Receipt receipt, Settlement window, Proof proof) {
        var where = Where.receipt(window.epoch(), receipt.raceId());
        if (!Proofs.leads(window.header(), proof, receipt.raceId())) {
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
        var other = leaves.put(window.epoch() + " " + proof.index(), receipt.raceId());
        if (other != null && !other.equals(receipt.raceId())) {
            findings.add(FindingCode.PROOF_WRONG, where, "a leaf of its own", "that of race " + other);
            return;
        }
        proven++;
        comparison.compare(receipt, proof.leafBytes(), told.get(), where);
    }
}
