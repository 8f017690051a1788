package io.streamsync.billing.settlement;

import io.streamsync.billing.archive.FrameDigests.Days;
import io.streamsync.protocol.settlement.StreamRange;

/// The part of a window that one stream has.
///
/// @param firstLeaf the index of its first record
/// @param days under which its frames are kept
record SettledRange(StreamRange range, long firstLeaf, Days days) {

    long endLeaf() {
        return firstLeaf + range.length();
    }

    /// The part of it that stands at these leaves; they overlap it.
    StreamRange at(long fromLeaf, long toLeaf) {
        return new StreamRange(
                range.router(),
                range.incarnation(),
                range.from() + Math.max(fromLeaf, firstLeaf) - firstLeaf,
                range.from() + Math.min(toLeaf, endLeaf()) - firstLeaf);
    }
}
