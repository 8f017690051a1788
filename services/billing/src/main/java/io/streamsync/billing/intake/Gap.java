package io.streamsync.billing.intake;

import io.streamsync.billing.stream.StreamId;

/// Records that are missing: none of the stream behind them is posted until they come.
///
/// @param offset of the first frame that came too early
/// @param expected the position that is posted next
/// @param found the position with which that frame starts
record Gap(StreamId stream, long offset, long expected, long found) {

    boolean isFilledAt(long next) {
        return next >= found;
    }
}
