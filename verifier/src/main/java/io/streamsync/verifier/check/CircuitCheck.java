package io.streamsync.verifier.check;

import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.StreamName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// A circuit opens by failures in races, and every half minute a race tries whether the node is back. An
/// operator that is skipped again and again as CIRCUIT_OPEN, by a router for which it never failed, is kept
/// out: a suspicion that needs no second router.
final class CircuitCheck {

    /// Fewer are told of nobody.
    private static final long LEAST_SKIPS = 20;

    private final Findings findings;
    private final Map<Pair, Long> skips = new HashMap<>();
    private final Set<Pair> failed = new HashSet<>();

    CircuitCheck(Findings findings) {
        this.findings = findings;
    }

    void answered(AnsweredLeaf leaf) {
        for (var skip : leaf.record().asked().skipped()) {
            if (skip.reason() == SkipReason.CIRCUIT_OPEN) {
                skips.merge(new Pair(leaf.stream(), skip.operatorId()), 1L, Long::sum);
            }
        }
    }

    /// Also of the window before: a circuit that opened then may still be open.
    void verified(StreamName stream, Verified verified) {
        for (var result : verified.results()) {
            if (result.outcome() != PlaceOutcome.ANSWER) {
                failed.add(new Pair(stream, result.operatorId()));
            }
        }
    }

    void finish(long window) {
        skips.forEach((pair, count) -> {
            if (count >= LEAST_SKIPS && !failed.contains(pair)) {
                findings.add(
                        FindingCode.SKIPS_SINGLE_OUT,
                        Where.stream(window, pair.stream()),
                        "failures of operator " + pair.operator() + " that open its circuit",
                        count + " skips as CIRCUIT_OPEN and no race in which it failed");
            }
        });
    }

    private record Pair(StreamName stream, OperatorId operator) {}
}
