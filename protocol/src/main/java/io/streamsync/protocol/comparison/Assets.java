package io.streamsync.protocol.comparison;

import tools.jackson.databind.JsonNode;

/// Digital assets: who owns what, not the texts, links and prices that implementations add.
final class Assets {

    private static final String[] CORE = {
        "/id",
        "/interface",
        "/ownership/owner",
        "/ownership/delegate",
        "/ownership/frozen",
        "/compression/tree",
        "/compression/leaf_id",
        "/compression/asset_hash",
        "/compression/data_hash",
        "/compression/creator_hash",
        "/creators",
        "/royalty",
        "/grouping",
        "/burnt"
    };

    private Assets() {}

    static boolean sameCore(JsonNode one, JsonNode other) {
        if (one.isArray() && other.isArray()) {
            return sameCores(one, other);
        }
        if (!one.isObject() || !other.isObject()) {
            return one.equals(other);
        }
        for (var part : CORE) {
            if (!samePart(one.at(part), other.at(part))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameCores(JsonNode one, JsonNode other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (var i = 0; i < one.size(); i++) {
            if (!sameCore(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean samePart(JsonNode one, JsonNode other) {
        if (Scalars.isNone(one) || Scalars.isNone(other)) {
            return Scalars.isNone(one) && Scalars.isNone(other);
        }
        return CanonicalForm.HISTORY.compare(one, other) == Likeness.SAME;
    }
}
