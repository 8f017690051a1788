package io.streamsync.router.race;

import io.streamsync.protocol.tip.Commitment;
import io.streamsync.protocol.tip.Reach;
import org.jspecify.annotations.Nullable;

/// Which slots the answers of one race may have, as far as that was known when its nodes were asked.
///
/// @param told the commitment of which answers tell a slot; null when nothing can be expected of it
/// @param lowest plausible one
/// @param needed below which an answer is too old for this customer; -1 when none is
record SlotBounds(@Nullable Commitment told, long lowest, long needed) {

    static final SlotBounds NONE = new SlotBounds(null, Long.MIN_VALUE, CustomerTerms.NO_SLOT);

    static SlotBounds of(@Nullable Commitment told, Reach reach, long needed) {
        return new SlotBounds(told, reach.lowest(told), needed);
    }

    boolean isPlausible(long slot, Reach now, long millis) {
        return slot >= lowest && slot <= now.highest(told, millis);
    }

    boolean isOld(long slot) {
        return slot < needed;
    }
}
