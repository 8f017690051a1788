package io.streamsync.protocol.comparison;

import tools.jackson.databind.JsonNode;

/// Log messages, which a node may cut at a length of its own.
final class Logs {

    private static final String CUT = "Log truncated";

    private Logs() {}

    static Likeness compare(JsonNode one, JsonNode other) {
        if (one.isNull() || other.isNull()) {
            return one.isNull() && other.isNull() ? Likeness.SAME : Likeness.UNCERTAIN;
        }
        if (!one.isArray() || !other.isArray()) {
            return Likeness.DIFFERENT;
        }
        var length = Math.min(whole(one), whole(other));
        for (var i = 0; i < length; i++) {
            if (!one.get(i).equals(other.get(i))) {
                return Likeness.DIFFERENT;
            }
        }
        return Likeness.of(one.size() == other.size() || isCut(one) || isCut(other));
    }

    private static int whole(JsonNode logs) {
        return isCut(logs) ? logs.size() - 1 : logs.size();
    }

    private static boolean isCut(JsonNode logs) {
        var last = logs.get(logs.size() - 1);
        return last != null && last.isString() && last.stringValue().equals(CUT);
    }
}
