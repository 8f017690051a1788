package io.streamsync.protocol.comparison;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.market.SolanaMethod;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;

/// Values that rise with the tip: near ones agree, far ones say nothing that is sure.
final class Ranges {

    /// As long as a blockhash lives; every plausible lag of an honest node lies within.
    private static final BigInteger NEAR = BigInteger.valueOf(150);

    private Ranges() {}

    static Agreement judge(SolanaMethod method, NodeAnswer winner, NodeAnswer checker) {
        if (Spans.equal(winner, checker)) {
            return Agreement.AGREES;
        }
        var one = AnswerTree.of(winner);
        var other = AnswerTree.of(checker);
        return switch (method.name()) {
            case "getSlot", "getBlockHeight", "getIndexerSlot" -> agreesIf(isNear(one, other));
            case "getEpochInfo" ->
                agreesIf(isNear(one.path("absoluteSlot"), other.path("absoluteSlot"))
                        && one.path("epoch").equals(other.path("epoch"))
                        && one.path("slotsInEpoch").equals(other.path("slotsInEpoch")));
            case "getLatestBlockhash" -> blockhash(winner, checker, one, other);
            default -> agreesIf(Values.compare(method, one, other) == Likeness.SAME);
        };
    }

    // one slot has one blockhash; at different slots they differ by design
    private static Agreement blockhash(NodeAnswer winner, NodeAnswer checker, JsonNode one, JsonNode other) {
        var likeness = CanonicalForm.STRICT.compare(Values.value(one), Values.value(other));
        return likeness == Likeness.DIFFERENT
                        && winner.slot().isPresent()
                        && winner.slot().equals(checker.slot())
                ? Agreement.DISAGREES
                : agreesIf(likeness == Likeness.SAME);
    }

    private static boolean isNear(JsonNode one, JsonNode other) {
        return one.isIntegralNumber()
                && other.isIntegralNumber()
                && one.bigIntegerValue().subtract(other.bigIntegerValue()).abs().compareTo(NEAR) <= 0;
    }

    private static Agreement agreesIf(boolean sure) {
        return sure ? Agreement.AGREES : Agreement.UNJUDGED;
    }
}
