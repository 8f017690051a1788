package io.streamsync.router.tip;

import io.streamsync.protocol.tip.Commitment;
import io.streamsync.protocol.tip.Reach;
import java.util.concurrent.atomic.AtomicLongArray;

/// How far one key has seen the chain: what it reads next is not from before that. A slot seen at one commitment binds
/// reads at that commitment and at less sure ones, whose slots are never lower; a surer one is further behind by
/// nature.
/// Shared by all loops, without a lock.
public final class Session {

    private static final Commitment[] COMMITMENTS = Commitment.values();
    private static final long REFRESH_MILLIS = 1_000;

    private final AtomicLongArray slots = new AtomicLongArray(COMMITMENTS.length);
    private volatile long usedAt;

    Session(long now) {
        usedAt = now;
    }

    /// The key was told something of this slot. A slot that is not plausible counts for as much as is: one node must
    /// not
    /// put everything that others say out of the key's reach.
    @SuppressWarnings("EnumOrdinal") // an index into an array that is never seen outside
    public void saw(Commitment commitment, long slot, Reach reach, long now) {
        var highest = reach.highest(commitment, now);
        if (highest == Long.MAX_VALUE) {
            return;
        }
        var seen = Math.min(slot, highest);
        for (var i = commitment.ordinal(); i < COMMITMENTS.length; i++) {
            raise(i, seen);
        }
    }

    /// The slot that the key's next answer must have reached, which is one that some node can have; -1 when any will
    /// do.
    @SuppressWarnings("EnumOrdinal") // as above
    public long floor(Commitment commitment, Reach reach, long now) {
        if (now - usedAt >= REFRESH_MILLIS) {
            usedAt = now;
        }
        var seen = slots.get(commitment.ordinal());
        return seen == 0 ? -1 : Math.min(seen, reach.highest(commitment, now));
    }

    boolean isIdle(long now, long idleMillis) {
        return now - usedAt > idleMillis;
    }

    private void raise(int at, long slot) {
        for (var known = slots.get(at); known < slot; known = slots.get(at)) {
            if (slots.compareAndSet(at, known, slot)) {
                return;
            }
        }
    }
}
