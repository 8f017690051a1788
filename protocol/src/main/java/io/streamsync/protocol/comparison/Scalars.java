package io.streamsync.protocol.comparison;

import tools.jackson.databind.JsonNode;

/// Exact equality of strings, booleans and numbers; anything of different kinds is unequal.
final class Scalars {

    private Scalars() {}

    /// Absent is as good as null.
    static boolean isNone(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    static boolean equal(JsonNode one, JsonNode other) {
        if (one.isIntegralNumber() && other.isIntegralNumber()) {
            return one.bigIntegerValue().equals(other.bigIntegerValue());
        }
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        return one.equals(other);
    }
}
