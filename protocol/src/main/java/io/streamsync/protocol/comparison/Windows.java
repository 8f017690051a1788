package io.streamsync.protocol.comparison;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.market.SolanaMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Lists of which a node may hold more or less at either end, and assets without a slot. They agree where the window
/// that both hold is the same; a hole or a stranger in it is suspect, but only one thing is sure: a finalized
/// transaction has one slot and one outcome.
final class Windows {

    private static final Set<String> ASSETS = Set.of("getAsset", "getAssets", "getAssetBatch");
    private static final List<String> LISTS = List.of("items", "token_accounts", "editions");
    private static final List<String> KEYS = List.of("signature", "slot", "id", "address", "mint_address");

    private Windows() {}

    static Agreement judge(SolanaMethod method, NodeAnswer winner, NodeAnswer checker) {
        if (Spans.equal(winner, checker)) {
            return Agreement.AGREES;
        }
        var one = AnswerTree.of(winner);
        var other = AnswerTree.of(checker);
        if (ASSETS.contains(method.name())) {
            return agreesIf(Assets.sameCore(one, other));
        }
        var items = items(one);
        var otherItems = items(other);
        if (items == null || otherItems == null) {
            return agreesIf(Values.compare(method, one, other) == Likeness.SAME);
        }
        return judge(items, otherItems);
    }

    private static Agreement judge(List<JsonNode> items, List<JsonNode> otherItems) {
        var known = new HashMap<String, JsonNode>();
        otherItems.forEach(item -> known.put(key(item), item));
        for (var item : items) {
            if (contradict(item, known.get(key(item)))) {
                return Agreement.DISAGREES;
            }
        }
        return agreesIf(areAligned(items, otherItems, known));
    }

    private static boolean contradict(JsonNode item, @Nullable JsonNode other) {
        return other != null
                && Statuses.isFinalized(item)
                && Statuses.isFinalized(other)
                && !(item.path("slot").equals(other.path("slot"))
                        && item.path("err").equals(other.path("err")));
    }

    // The common items stand together in both lists, in one order, and only one of the lists goes on at each end.
    private static boolean areAligned(List<JsonNode> items, List<JsonNode> otherItems, Map<String, JsonNode> known) {
        var first = 0;
        while (first < items.size() && !known.containsKey(key(items.get(first)))) {
            first++;
        }
        if (first == items.size()) {
            return false;
        }
        var otherFirst = 0;
        while (!key(otherItems.get(otherFirst)).equals(key(items.get(first)))) {
            otherFirst++;
        }
        var length = Math.min(items.size() - first, otherItems.size() - otherFirst);
        for (var i = 0; i < length; i++) {
            if (!sameItem(items.get(first + i), otherItems.get(otherFirst + i))) {
                return false;
            }
        }
        return first == 0 || otherFirst == 0;
    }

    private static boolean sameItem(JsonNode item, JsonNode other) {
        if (!key(item).equals(key(other))) {
            return false;
        }
        return item.has("interface")
                ? Assets.sameCore(item, other)
                : CanonicalForm.HISTORY.compare(item, other) == Likeness.SAME;
    }

    private static @Nullable List<JsonNode> items(JsonNode result) {
        var value = Values.value(result);
        if (value.isArray()) {
            return listed(value);
        }
        for (var name : LISTS) {
            if (value.path(name).isArray()) {
                return listed(value.path(name));
            }
        }
        return null;
    }

    private static List<JsonNode> listed(JsonNode array) {
        var items = new ArrayList<JsonNode>(array.size());
        array.forEach(items::add);
        return items;
    }

    private static String key(JsonNode item) {
        if (item.isArray() && !item.isEmpty()) {
            return item.get(0).toString();
        }
        for (var name : KEYS) {
            if (item.has(name)) {
                return item.path(name).toString();
            }
        }
        return item.toString();
    }

    private static Agreement agreesIf(boolean sure) {
        return sure ? Agreement.AGREES : Agreement.UNJUDGED;
    }
}
