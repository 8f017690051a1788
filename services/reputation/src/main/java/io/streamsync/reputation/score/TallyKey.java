package io.streamsync.reputation.score;

import io.streamsync.reputation.score.Observation.Confirmation;
import io.streamsync.reputation.score.Observation.ConfirmedProbe;
import io.streamsync.reputation.score.Observation.Conflict;
import io.streamsync.reputation.score.Observation.Contradiction;
import io.streamsync.reputation.score.Observation.Performance;
import io.streamsync.reputation.score.Observation.Presence;
import java.util.Comparator;
import java.util.Optional;

/// Whose count of what.
///
/// @param queryClass a class's name, empty where the tally has no classes
record TallyKey(String subject, Tally tally, String queryClass) implements Comparable<TallyKey> {

    private static final Comparator<TallyKey> ORDER = Comparator.comparing(TallyKey::subject)
            .thenComparing(key -> key.tally().name())
            .thenComparing(TallyKey::queryClass);

    /// Empty for an observation that nobody counts.
    static Optional<TallyKey> of(Observation observation) {
        return switch (observation) {
            case Confirmation(var node, var _) -> Optional.of(new TallyKey(node.value(), Tally.CONFIRMED_ANSWERS, ""));
            case ConfirmedProbe(var node) -> Optional.of(new TallyKey(node.value(), Tally.CONFIRMED_ANSWERS, ""));
            case Conflict(var operator, var queryClass) ->
                Optional.of(new TallyKey(operator.value(), Tally.CONFLICTS, queryClass.wireName()));
            case Performance _, Presence _, Contradiction _ -> Optional.empty();
        };
    }

    /// The order in which rows are locked, the same for all instances.
    @Override
    public int compareTo(TallyKey other) {
        return ORDER.compare(this, other);
    }
}
