package io.streamsync.reputation.publication;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part of a long list, and where the next one starts.
record Page<T>(List<T> items, @Nullable String nextCursor) {

    /// @param found one more than the limit where there are more
    /// @param cursor where a list continues after an element
    static <E, T> Page<T> of(List<E> found, int limit, Function<E, String> cursor, Function<E, T> item) {
        var shown = found.subList(0, Math.min(limit, found.size()));
        var next = found.size() > limit ? cursor.apply(shown.getLast()) : null;
        return new Page<>(shown.stream().map(item).toList(), next);
    }
}
