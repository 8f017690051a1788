package io.streamsync.billing.settlement;

import io.streamsync.billing.stream.StreamId;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A stream when a window's end has come.
///
/// @param settled the position after the last that is sealed
/// @param next the position that is posted next
/// @param ended whether it never goes on
/// @param lost whether its router is gone for good: nobody waits for it, but something may still come
/// @param mark the position behind the mark of this epoch, or of a later one; in a stream that is over, behind the next
///     one that is not sealed; null while there is none
record StreamAtEnd(
        StreamId id,
        long settled,
        long next,
        boolean ended,
        boolean lost,
        Instant openedAt,
        @Nullable Long mark) {

    /// Whether it has marked the window's end, or a later one, behind what is sealed.
    boolean isPassed() {
        return mark != null && mark > settled;
    }

    /// Whether the window ends in it without a mark, and it goes on.
    boolean isCut(Instant endsAt) {
        return !ended && mark == null && (lost || openedAt.isBefore(endsAt));
    }

    /// Where the window ends in this stream; empty while the stream has to be waited for.
    ///
    /// @param endsAt of the window
    /// @param overdue whether nobody is waited for any more
    OptionalLong end(Instant endsAt, boolean overdue) {
        if (mark != null && mark > settled) {
            return OptionalLong.of(mark);
        }
        if (ended || lost) {
            return OptionalLong.of(next);
        }
        if (mark != null) {
            return OptionalLong.of(settled);
        }
        if (!openedAt.isBefore(endsAt)) {
            return OptionalLong.of(settled);
        }
        return overdue ? OptionalLong.of(next) : OptionalLong.empty();
    }
}
