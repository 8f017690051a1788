package io.streamsync.billing.settlement;

import io.streamsync.billing.stream.StreamId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A stream when a window's end has come.
///
/// @param settled the position after the last that is sealed
/// @param next the position that is posted next
/// @param ended whether it never goes on
/// @param mark the position behind the mark of this epoch, or of a later one; null while there is none
/// @param lastDay under which the last frame of what is sealed is kept; null when nothing is
record StreamAtEnd(
        StreamId id,
        long settled,
        long next,
        boolean ended,
        Instant openedAt,
        @Nullable Long mark,
        @Nullable LocalDate lastDay) {

    /// Whether the window ends in it without a mark, and it goes on.
    boolean isCut(Instant endsAt) {
        return mark == null && !ended && openedAt.isBefore(endsAt);
    }

    /// Where the window ends in this stream; empty while the stream has to be waited for.
    ///
    /// @param endsAt of the window
    /// @param overdue whether nobody is waited for any more
    OptionalLong end(Instant endsAt, boolean overdue) {
        if (mark != null) {
            return OptionalLong.of(Math.max(settled, mark));
        }
        if (ended) {
            return OptionalLong.of(next);
        }
        if (!openedAt.isBefore(endsAt)) {
            return OptionalLong.of(settled);
        }
        return overdue ? OptionalLong.of(next) : OptionalLong.empty();
    }
}
