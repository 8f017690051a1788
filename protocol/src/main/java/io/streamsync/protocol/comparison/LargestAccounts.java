package io.streamsync.protocol.comparison;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The largest accounts of a token: among equal amounts the order is open, and so is who is the last in the list.
final class LargestAccounts {

    private LargestAccounts() {}

    static Likeness compare(JsonNode one, JsonNode other) {
        var likeness = CanonicalForm.UNORDERED.compare(one, other);
        return likeness == Likeness.DIFFERENT && amounts(one).equals(amounts(other)) ? Likeness.UNCERTAIN : likeness;
    }

    private static List<String> amounts(JsonNode list) {
        var amounts = new ArrayList<String>();
        list.forEach(entry -> amounts.add(entry.path("amount").toString()));
        Collections.sort(amounts);
        return amounts;
    }
}
