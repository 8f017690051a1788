package io.streamsync.onboarding.publication;

import io.streamsync.protocol.market.OperatorId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Which operators count as one: those that share a payout address, a node identity or a network, also by way of others
/// (protocol, Actors). A group counts as its first by id.
final class Sharing {

    private Sharing() {}

    /// What each operator counts as.
    static Map<OperatorId, OperatorId> groups(Collection<Traits> operators) {
        var first = new TreeMap<OperatorId, OperatorId>();
        operators.forEach(operator -> first.put(operator.operatorId(), operator.operatorId()));
        var holders = new HashMap<String, OperatorId>();
        for (var operator : operators) {
            for (var trait : operator.traits()) {
                var other = holders.putIfAbsent(trait, operator.operatorId());
                if (other != null) {
                    join(first, operator.operatorId(), other);
                }
            }
        }
        first.replaceAll((operator, next) -> root(first, operator));
        return first;
    }

    private static void join(Map<OperatorId, OperatorId> first, OperatorId one, OperatorId other) {
        var a = root(first, one);
        var b = root(first, other);
        if (a.compareTo(b) < 0) {
            first.put(b, a);
        } else {
            first.put(a, b);
        }
    }

    private static OperatorId root(Map<OperatorId, OperatorId> first, OperatorId operator) {
        var at = operator;
        for (var next = first.get(at); next != null && !next.equals(at); next = first.get(at)) {
            at = next;
        }
        return at;
    }

    /// @param traits what others must not have too, each with its kind: `payout …`, `identity …`, `network …`
    record Traits(OperatorId operatorId, Set<String> traits) {

        Traits {
            traits = Set.copyOf(traits);
        }
    }
}
