package io.streamsync.reputation.score;

import java.util.Comparator;

/// Whose mean of what.
///
/// @param subject a node's id, or an operator's for accuracy
/// @param queryClass a class's name, empty where the measure has no classes
record MeanKey(String subject, Measure measure, String queryClass) implements Comparable<MeanKey> {

    private static final Comparator<MeanKey> ORDER = Comparator.comparing(MeanKey::subject)
            .thenComparing(key -> key.measure().name())
            .thenComparing(MeanKey::queryClass);

    /// The order in which rows are locked, the same for all instances.
    @Override
    public int compareTo(MeanKey other) {
        return ORDER.compare(this, other);
    }
}
