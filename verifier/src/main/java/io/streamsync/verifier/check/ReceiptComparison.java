package io.streamsync.verifier.check;

import io.streamsync.protocol.draw.WrittenTerms;
import io.streamsync.protocol.draw.WrittenTerms.Racers;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.SolanaMethod.Delivery;
import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.record.PublicRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.Sla;
import io.streamsync.protocol.settlement.MerkleTree;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whether a settled race is what its customer was told, and had asked for: only the customer knows either.
final class ReceiptComparison {

    private final Findings findings;
    private final ParametersBook parameters;
    private long repeats;

    ReceiptComparison(Findings findings, ParametersBook parameters) {
        this.findings = findings;
        this.parameters = parameters;
    }

    /// What only the customer can tell.
    List<String> notices() {
        return repeats == 0
                ? List.of()
                : List.of(
                        repeats + " receipts say nothing was charged for transactions that were: whether they are of a"
                                + " second sending, you know");
    }

    /// @param leafBytes those of the settled race
    void compare(Receipt receipt, byte[] leafBytes, Answered settled, Where where) {
        winner(receipt, settled, where);
        if (receipt.receiptHash() != null) {
            var hash = HexFormat.of().formatHex(MerkleTree.leafHash(leafBytes));
            same(where, "the hash " + receipt.receiptHash(), "the hash " + hash);
        }
        if (mayBeRepeated(receipt, settled)) {
            repeats += settled.outcome().feeNano() > 0 ? 1 : 0;
            return;
        }
        told(receipt, settled, where);
        if (receipt.call() != null) {
            called(receipt.call(), settled, where);
        }
        if (receipt.wishes() != null) {
            wished(receipt.wishes(), settled, where);
        }
    }

    /// A transaction that is sent again is answered for nothing, and names the race of the first time (decision 28).
    private static boolean mayBeRepeated(Receipt receipt, Answered settled) {
        return (receipt.feeNano() == null || receipt.feeNano() == 0)
                && SolanaMethods.find(settled.race().method())
                        .filter(method -> method.delivery() == Delivery.ALL_RACERS)
                        .isPresent();
    }

    private void winner(Receipt receipt, Answered settled, Where where) {
        var outcome = settled.outcome();
        var winner = outcome.winner() < 0 ? null : settled.asked().places().get(outcome.winner());
        if (receipt.operatorId() != null) {
            same(
                    where,
                    "operator " + receipt.operatorId(),
                    winner == null ? "nobody" : "operator " + winner.operatorId());
        }
        if (receipt.nodeId() != null) {
            same(where, "node " + receipt.nodeId(), winner == null ? "nobody" : "node " + winner.nodeId());
        }
    }

    private void told(Receipt receipt, Answered settled, Where where) {
        var outcome = settled.outcome();
        if (receipt.feeNano() != null) {
            same(where, "a fee of " + receipt.feeNano() + " nano-USDC", "a fee of " + outcome.feeNano() + " nano-USDC");
        }
        if (receipt.sla() != null) {
            same(where, "SLA " + receipt.sla(), "SLA " + told(outcome.sla()));
        }
        if (receipt.latencyMicros() != null) {
            same(
                    where,
                    "a latency of " + receipt.latencyMicros() + " µs",
                    "a latency of " + outcome.latencyMicros() + " µs");
        }
    }

    private static Receipt.Sla told(@Nullable Sla sla) {
        if (sla == null) {
            return Receipt.Sla.NONE;
        }
        return sla.met() ? Receipt.Sla.MET : Receipt.Sla.MISSED;
    }

    private void called(AskedCall call, Answered settled, Where where) {
        var race = settled.race();
        same(where, "method " + call.method(), "method " + race.method());
        if (call.params() != null) {
            same(
                    where,
                    "a request of the hash " + call.requestHash(race.sequence()),
                    "a request of the hash " + race.requestHash());
        }
    }

    private void wished(Wishes wishes, Answered settled, Where where) {
        var terms = settled.race().terms();
        same(
                where,
                "preference " + WrittenTerms.text(wishes.prefer()),
                "preference " + WrittenTerms.text(terms.prefer()));
        same(where, ceiling(wishes.maxPriceNano()), ceiling(terms.maxPriceNano()));
        same(where, limit(wishes.maxLatencyMs()), limit(terms.maxLatencyMs()));
        same(where, delivery(wishes.quorum()), delivery(terms.quorum()));
        same(where, operators("only", wishes.only()), operators("only", terms.only()));
        same(where, operators("not", wishes.exclude()), operators("not", terms.exclude()));
        var racers = new Racers(terms.racers(), terms.stagedRacers()) + " racing places";
        if (wishes.racers() != null) {
            same(where, wishes.racers() + " racing places", racers);
        } else {
            parameters
                    .find(settled.race().parametersVersion(), where)
                    .ifPresent(usual -> same(where, usual.racingPlaces() + " racing places", racers));
        }
        slot(wishes.minSlot(), settled.race().minSlot(), where);
    }

    /// Sessions read their writes: an answer may have to reach a higher slot than was asked for.
    private void slot(long wished, long needed, Where where) {
        if (wished > needed) {
            findings.add(
                    FindingCode.RECEIPT_MISMATCH,
                    where,
                    "slot " + wished + " at least",
                    needed < 0 ? "any slot" : "slot " + needed + " at least");
        }
    }

    private static String ceiling(OptionalLong nano) {
        return nano.isPresent() ? "a ceiling of " + Amount.decimal(nano.getAsLong()) + " USDC" : "no ceiling";
    }

    private static String limit(OptionalInt millis) {
        return millis.isPresent() ? "an SLA of " + millis.getAsInt() + " ms" : "no SLA of the customer's";
    }

    private static String delivery(boolean quorum) {
        return quorum ? "the first answer that is confirmed" : "the first answer";
    }

    private static String operators(String which, List<OperatorId> operators) {
        return which + " operators " + new TreeSet<>(operators);
    }

    private void same(Where where, String expected, String found) {
        findings.same(FindingCode.RECEIPT_MISMATCH, where, expected, found);
    }
}
