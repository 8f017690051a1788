package io.streamsync.protocol.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Compares trees as if both were in canonical form (comparability, Canonicalise first), and says where nodes of
/// different versions, parsers or completeness may differ honestly.
enum CanonicalForm {
    /// What is null on one side is a difference.
    STRICT,
    /// As STRICT; the outermost list is a set.
    UNORDERED,
    /// What one side does not hold is incomplete, not a lie.
    HISTORY;

    /// Never compared: the node's own view, deprecated or different by version.
    private static final Set<String> IGNORED =
            Set.of("apiVersion", "rentEpoch", "confirmations", "confirmationStatus", "cursor");

    /// Added by later versions: absent where the node is older.
    private static final Set<String> LATER =
            Set.of("computeUnitsConsumed", "costUnits", "stackHeight", "index", "clientId", "transactionIndex");

    /// Recorded by some nodes only; an empty list is as good as none.
    private static final Set<String> OPTIONAL = Set.of("loadedAddresses", "innerInstructions", "rewards", "returnData");

    private static final Set<String> SETS =
            Set.of("items", "nonCirculatingAccounts", "openedAccounts", "closedAccounts");

    private static final List<String> KEYS = List.of("pubkey", "address", "hash", "signature", "id");

    Likeness compare(JsonNode one, JsonNode other) {
        return this == UNORDERED && one.isArray() && other.isArray() ? sets(one, other) : nodes(one, other);
    }

    private Likeness nodes(JsonNode one, JsonNode other) {
        if (one.isNull() && other.isNull()) {
            return Likeness.SAME;
        }
        if (one.isNull() || other.isNull()) {
            return this == HISTORY ? Likeness.UNCERTAIN : Likeness.DIFFERENT;
        }
        if (isParsed(one) || isParsed(other)) {
            return parsed(one, other);
        }
        if (one.isArray() && other.isArray()) {
            return EncodedData.is(one) && EncodedData.is(other) ? EncodedData.compare(one, other) : lists(one, other);
        }
        if (one.isObject() && other.isObject()) {
            return objects(one, other);
        }
        return Likeness.of(Scalars.equal(one, other));
    }

    // What a parser makes of bytes depends on its version, and so does whether it knows the program at all.
    private Likeness parsed(JsonNode one, JsonNode other) {
        return one.isObject() && other.isObject() ? objects(one, other).atMostUncertain() : Likeness.UNCERTAIN;
    }

    private static boolean isParsed(JsonNode node) {
        return node.isObject() && node.has("parsed");
    }

    private Likeness lists(JsonNode one, JsonNode other) {
        if (one.size() != other.size()) {
            return Likeness.DIFFERENT;
        }
        var likeness = Likeness.SAME;
        for (var i = 0; i < one.size() && likeness != Likeness.DIFFERENT; i++) {
            likeness = likeness.and(nodes(one.get(i), other.get(i)));
        }
        return likeness;
    }

    private Likeness objects(JsonNode one, JsonNode other) {
        var likeness = Likeness.SAME;
        for (var member : one.properties()) {
            likeness = likeness.and(members(member.getKey(), one, member.getValue(), other.get(member.getKey())));
        }
        for (var member : other.properties()) {
            if (!one.has(member.getKey())) {
                likeness = likeness.and(members(member.getKey(), other, member.getValue(), null));
            }
        }
        return likeness;
    }

    private Likeness members(String name, JsonNode owner, JsonNode one, @Nullable JsonNode other) {
        if (IGNORED.contains(name) || (name.startsWith("uiAmount") && owner.has("amount") && owner.has("decimals"))) {
            return Likeness.SAME;
        }
        if (isAbsent(name, one) && isAbsent(name, other)) {
            return Likeness.SAME;
        }
        if (LATER.contains(name) && (isAbsent(name, one) || isAbsent(name, other))) {
            return Likeness.SAME;
        }
        // one version more, or one record less: nobody can say who is wrong
        if (other == null || (OPTIONAL.contains(name) && (isAbsent(name, one) || isAbsent(name, other)))) {
            return Likeness.UNCERTAIN;
        }
        if (name.equals("logMessages")) {
            return Logs.compare(one, other);
        }
        return SETS.contains(name) && one.isArray() && other.isArray() ? sets(one, other) : nodes(one, other);
    }

    private static boolean isAbsent(String name, @Nullable JsonNode value) {
        return value == null || value.isNull() || (OPTIONAL.contains(name) && isHollow(value));
    }

    private static boolean isHollow(JsonNode value) {
        return value.isContainer() && value.valueStream().allMatch(part -> part.isContainer() && part.isEmpty());
    }

    private Likeness sets(JsonNode one, JsonNode other) {
        if (one.size() != other.size()) {
            return Likeness.DIFFERENT;
        }
        var first = sorted(one);
        var second = sorted(other);
        var likeness = Likeness.SAME;
        for (var i = 0; i < first.size() && likeness != Likeness.DIFFERENT; i++) {
            likeness = likeness.and(
                    key(first.get(i)).equals(key(second.get(i)))
                            ? nodes(first.get(i), second.get(i))
                            : Likeness.DIFFERENT);
        }
        return likeness;
    }

    private static List<JsonNode> sorted(JsonNode list) {
        var sorted = new ArrayList<JsonNode>(list.size());
        list.forEach(sorted::add);
        sorted.sort(Comparator.comparing(CanonicalForm::key));
        return sorted;
    }

    private static String key(JsonNode element) {
        if (!element.isObject()) {
            return element.toString();
        }
        for (var name : KEYS) {
            var key = element.get(name);
            if (key != null && key.isString()) {
                return key.stringValue();
            }
        }
        var account = element.get("account");
        return account != null && account.isObject() ? key(account) : element.toString();
    }
}
