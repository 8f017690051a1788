package io.streamsync.protocol.tip;

import org.jspecify.annotations.Nullable;

/// The highest slot that a node has told at one commitment.
///
/// @param since when it first told it, in ms of any one clock
/// @param seen when it last told it
public record Tip(long slot, long since, long seen) {

    // exact in JSON numbers everywhere, and far from overflow in ms; no chain of this age comes near
    private static final long MOST = 1L << 50;

    /// A node that tells less than before is not what it was: believed once it has told nothing higher for so long.
    private static final int STALE_INTERVALS = 3;

    // more often changes nothing that anybody decides by
    private static final long REFRESH_MILLIS = 100;

    public Tip {
        slot = Math.min(slot, MOST);
    }

    /// What is known of a node after it told a slot; the same object when that adds nothing.
    ///
    /// @param at when it was asked: what it told was so then or later
    /// @param probeIntervalMillis after three of these without a word, a tip is no longer of the present
    public static Tip after(@Nullable Tip known, long slot, long at, long probeIntervalMillis) {
        if (known == null || slot > known.slot || !known.isFresh(at, probeIntervalMillis)) {
            return new Tip(slot, at, at);
        }
        return slot == known.slot && at - known.seen >= REFRESH_MILLIS ? new Tip(slot, known.since, at) : known;
    }

    boolean isFresh(long now, long probeIntervalMillis) {
        return now - seen <= STALE_INTERVALS * probeIntervalMillis;
    }

    /// The furthest that the node can be now, as slots go by.
    public long reachable(long now, long slotMillis) {
        return slot + Math.max(0, Math.ceilDiv(now - seen, slotMillis));
    }
}
