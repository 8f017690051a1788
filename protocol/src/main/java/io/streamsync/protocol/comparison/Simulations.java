package io.streamsync.protocol.comparison;

import tools.jackson.databind.JsonNode;

/// Simulated transactions: the kind of error and the units consumed count; logs may be cut, and a replaced blockhash
/// is another at every slot.
final class Simulations {

    private static final String[] DETAILS = {"err", "returnData", "accounts", "innerInstructions"};

    private Simulations() {}

    static Likeness compare(JsonNode one, JsonNode other) {
        if (!one.isObject() || !other.isObject()) {
            return Likeness.of(one.equals(other));
        }
        if (!errKind(one).equals(errKind(other)) || !one.path("unitsConsumed").equals(other.path("unitsConsumed"))) {
            return Likeness.DIFFERENT;
        }
        var likeness = Likeness.SAME;
        for (var name : DETAILS) {
            likeness = likeness.and(detail(one.path(name), other.path(name)));
        }
        return likeness;
    }

    private static Likeness detail(JsonNode one, JsonNode other) {
        if (Scalars.isNone(one) || Scalars.isNone(other)) {
            return Scalars.isNone(one) && Scalars.isNone(other) ? Likeness.SAME : Likeness.UNCERTAIN;
        }
        return CanonicalForm.STRICT.compare(one, other).atMostUncertain();
    }

    // "BlockhashNotFound", or the name in {"InstructionError":[0,{"Custom":1}]}
    private static String errKind(JsonNode simulation) {
        var err = simulation.path("err");
        return err.isObject() ? String.join(",", err.propertyNames()) : err.asString("");
    }
}
