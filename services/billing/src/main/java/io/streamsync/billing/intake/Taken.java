package io.streamsync.billing.intake;

import org.jspecify.annotations.Nullable;

/// What became of frames of one stream.
sealed interface Taken {

    /// Where the stream waits for missing records.
    @Nullable
    Gap gap();

    /// @param next the position that is posted next
    record Posted(long next, @Nullable Gap gap) implements Taken {}

    /// Nothing from this offset on can be posted for now.
    ///
    /// @param broken whether only a person can help
    record Stopped(
            long offset,
            String reason,
            boolean broken,
            @Nullable Gap gap) implements Taken {
        Stopped(long offset, String reason, boolean broken) {
            this(offset, reason, broken, null);
        }
    }

    /// This and what came after it.
    default Taken then(Taken later) {
        var earlier = gap();
        var found = later.gap();
        var gap = earlier == null ? found : found == null ? earlier : earlier.with(found);
        return switch (later) {
            case Posted posted -> new Posted(posted.next(), gap);
            case Stopped stopped -> new Stopped(stopped.offset(), stopped.reason(), stopped.broken(), gap);
        };
    }
}
