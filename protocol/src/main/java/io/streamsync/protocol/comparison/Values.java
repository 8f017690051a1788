package io.streamsync.protocol.comparison;

import io.streamsync.protocol.market.ComparisonRule;
import io.streamsync.protocol.market.SolanaMethod;
import tools.jackson.databind.JsonNode;

/// How the values of two results compare, whatever their slots: by the method, where it has a shape of its own.
final class Values {

    private Values() {}

    static Likeness compare(SolanaMethod method, JsonNode one, JsonNode other) {
        if (one.isMissingNode() || other.isMissingNode()) {
            return Likeness.UNCERTAIN;
        }
        return switch (method.name()) {
            case "simulateTransaction" -> Simulations.compare(value(one), value(other));
            case "getSignatureStatuses" -> Statuses.compare(value(one), value(other));
            case "getTokenLargestAccounts" -> LargestAccounts.compare(value(one), value(other));
            case "getInflationRate" -> ofOneEpoch(one, other);
            // which epoch, if none was asked for, depends on the node's tip
            case "getLeaderSchedule" -> CanonicalForm.STRICT.compare(one, other).atMostUncertain();
            // null: the blockhash is not known here yet, or any more
            case "getFeeForMessage" -> nullIsUncertain(value(one), value(other));
            case "getBlockProduction" -> ofOneRange(value(one), value(other));
            default -> form(method).compare(withoutContext(one), withoutContext(other));
        };
    }

    private static CanonicalForm form(SolanaMethod method) {
        return switch (method.name()) {
            case "getProgramAccounts", "getTokenAccountsByOwner", "getTokenAccountsByDelegate" ->
                CanonicalForm.UNORDERED;
            default ->
                method.rule() == ComparisonRule.EXACT_FINALIZED || !isState(method)
                        ? CanonicalForm.HISTORY
                        : CanonicalForm.STRICT;
        };
    }

    private static boolean isState(SolanaMethod method) {
        return method.rule() == ComparisonRule.SLOT_KEYED || method.rule() == ComparisonRule.EXACT;
    }

    private static Likeness ofOneEpoch(JsonNode one, JsonNode other) {
        var likeness = CanonicalForm.STRICT.compare(one, other);
        return one.path("epoch").equals(other.path("epoch")) ? likeness : likeness.atMostUncertain();
    }

    private static Likeness ofOneRange(JsonNode one, JsonNode other) {
        var likeness = CanonicalForm.STRICT.compare(one, other);
        return one.path("range").equals(other.path("range")) ? likeness : likeness.atMostUncertain();
    }

    private static Likeness nullIsUncertain(JsonNode one, JsonNode other) {
        var likeness = CanonicalForm.STRICT.compare(one, other);
        return one.isNull() || other.isNull() ? likeness.atMostUncertain() : likeness;
    }

    /// The value of `{"context":…,"value":…}`, or the result itself.
    static JsonNode value(JsonNode result) {
        var value = result.get("value");
        return value == null ? result : value;
    }

    private static JsonNode withoutContext(JsonNode result) {
        return result.has("context") && result.has("value") ? value(result) : result;
    }
}
