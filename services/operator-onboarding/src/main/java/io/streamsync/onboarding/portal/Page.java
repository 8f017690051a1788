package io.streamsync.onboarding.portal;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Some items of a list, and where to go on.
///
/// @param nextCursor null on the last page
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    public Page {
        items = List.copyOf(items);
    }

    /// A list that is short enough to be told whole.
    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, null);
    }

    /// @param found one more than the request's limit when there is a next page
    /// @param key what the list is ordered by
    public static <T> Page<T> of(List<T> found, PageRequest request, Function<T, String> key) {
        if (found.size() <= request.limit()) {
            return whole(found);
        }
        var items = found.subList(0, request.limit());
        return new Page<>(items, PageRequest.cursor(key.apply(items.getLast())));
    }

    public <R> Page<R> map(Function<T, R> mapping) {
        return new Page<>(items.stream().map(mapping).toList(), nextCursor);
    }
}
