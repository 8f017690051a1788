package io.streamsync.billing.intake;

import io.streamsync.billing.stream.StreamId;

/// Records that are missing: none of the stream behind them is posted until they come.
///
/// @param offset of the first frame that came too early
/// @param expected the position that is posted next
/// @param found the least position with which a frame starts that came too early
record Gap(StreamId stream, long offset, long expected, long found) {

    /// This one, when frames that came too early were also found later: the least of them can be posted first.
    Gap with(Gap later) {
        return new Gap(stream, offset, expected, Math.min(found, later.found));
    }

    boolean isFilledAt(long next) {
        return next >= found;
    }
}
