package io.streamsync.protocol.comparison;

import tools.jackson.databind.JsonNode;

/// Signature statuses, entry by entry: slot and error count once both call it finalized. A node that does not search
/// its history says null of what another still holds.
final class Statuses {

    private Statuses() {}

    static Likeness compare(JsonNode one, JsonNode other) {
        if (!one.isArray() || !other.isArray() || one.size() != other.size()) {
            return Likeness.of(one.equals(other));
        }
        var likeness = Likeness.SAME;
        for (var i = 0; i < one.size(); i++) {
            likeness = likeness.and(entry(one.get(i), other.get(i)));
        }
        return likeness;
    }

    private static Likeness entry(JsonNode one, JsonNode other) {
        if (one.isNull() || other.isNull()) {
            return one.isNull() && other.isNull() ? Likeness.SAME : Likeness.UNCERTAIN;
        }
        var likeness = CanonicalForm.STRICT.compare(one, other);
        return isFinalized(one) && isFinalized(other) ? likeness : likeness.atMostUncertain();
    }

    static boolean isFinalized(JsonNode entry) {
        return entry.path("confirmationStatus").asString("").equals("finalized");
    }
}
