package io.streamsync.verifier.finding;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects what does not fit: all of it is counted, the first of each kind are kept, for one lie may show in every
/// record.
public final class Findings {

    private static final int KEPT_PER_CODE = 20;

    private final List<Finding> kept = new ArrayList<>();
    private final Map<FindingCode, Long> counts = new EnumMap<>(FindingCode.class);

    public void add(FindingCode code, Where where, Object expected, @Nullable Object found) {
        if (counts.merge(code, 1L, Long::sum) <= KEPT_PER_CODE) {
            kept.add(Finding.of(code, where, String.valueOf(expected), String.valueOf(found)));
        }
    }

    /// Only when they are not the same.
    ///
    /// @return whether they are
    public boolean same(FindingCode code, Where where, Object expected, Object found) {
        if (expected.equals(found)) {
            return true;
        }
        add(code, where, expected, found);
        return false;
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    public List<Finding> kept() {
        return List.copyOf(kept);
    }

    /// How many of each kind there were.
    public Map<FindingCode, Long> counts() {
        return Map.copyOf(counts);
    }
}
