package io.streamsync.billing.paging;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a list.
///
/// @param nextCursor where the next page starts; null on the last
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    private static final int DEFAULT_SIZE = 50;
    private static final int LARGEST_SIZE = 500;

    public Page {
        items = List.copyOf(items);
    }

    /// How many items the caller wants.
    public static int size(@Nullable Integer limit) {
        if (limit == null) {
            return DEFAULT_SIZE;
        }
        if (limit < 1 || limit > LARGEST_SIZE) {
            throw new Refusal(ProblemCode.INVALID_REQUEST, "A page holds 1 to " + LARGEST_SIZE + " items.")
                    .field("limit", "1 to " + LARGEST_SIZE);
        }
        return limit;
    }

    /// @param found up to one more than the page holds: that one says that there is a next page
    public static <R, T> Page<T> of(List<R> found, int size, Function<R, String> cursor, Function<R, T> item) {
        var shown = found.subList(0, Math.min(size, found.size()));
        return new Page<>(
                shown.stream().map(item).toList(), found.size() > size ? cursor.apply(shown.getLast()) : null);
    }

    /// A cursor that is a number; a fresh start when there is none.
    public static long position(@Nullable String cursor, long start) {
        if (cursor == null || cursor.isEmpty()) {
            return start;
        }
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException notOurs) {
            throw unknownCursor();
        }
    }

    /// A cursor that is text; empty for a fresh start. The database takes no text with a NUL in it.
    public static String text(@Nullable String cursor) {
        if (cursor != null && cursor.indexOf('\0') >= 0) {
            throw unknownCursor();
        }
        return cursor == null ? "" : cursor;
    }

    public static Refusal unknownCursor() {
        return new Refusal(ProblemCode.INVALID_REQUEST, "Take the cursor from nextCursor of the page before.")
                .field("cursor", "not one of this list");
    }
}
