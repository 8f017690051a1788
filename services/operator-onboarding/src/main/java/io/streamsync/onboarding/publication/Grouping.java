package io.streamsync.onboarding.publication;

import io.streamsync.onboarding.operator.Operators;
import io.streamsync.protocol.market.OperatorId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Keeps what operators count as up to date with what they share.
@Component
class Grouping {

    private final OperatorTraits traits;
    private final Operators operators;

    Grouping(OperatorTraits traits, Operators operators) {
        this.traits = traits;
        this.operators = operators;
    }

    /// The operators that count as another now than before.
    Set<OperatorId> renew() {
        var groups = Sharing.groups(traits.ofListed());
        var known = operators.groups();
        var candidates = new HashSet<>(groups.keySet());
        candidates.addAll(known.keySet());
        candidates.removeIf(id -> countsAs(groups, id).equals(countsAs(known, id)));
        candidates.forEach(id -> operators.countAs(id, countsAs(groups, id)));
        return candidates;
    }

    private static OperatorId countsAs(Map<OperatorId, OperatorId> groups, OperatorId id) {
        return groups.getOrDefault(id, id);
    }
}
