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

    /// The key was told something of this slot. What is ahead of the second-highest tip counts for as much: one
    /// operator that makes slots up must not put what all others say out of the key's reach, and race alone.
    @SuppressWarnings("EnumOrdinal") // an index into an array that is never seen outside
    public void saw(Commitment commitment, long slot, Reach reach, long now) {
        refresh(now);
        var tip = reach.tip(commitment, now);
        if (tip == Long.MAX_VALUE) {
            return;
        }
        var seen = Math.min(slot, tip);
        for (var i = commitment.ordinal(); i < COMMITMENTS.length; i++) {
            raise(i, seen);
        }
    }

    /// The slot that the key's next answer must have reached, which is one that some node can have; -1 when any will
    /// do.
    @SuppressWarnings("EnumOrdinal") // as above
    public long floor(Commitment commitment, Reach reach, long now) {
        refresh(now);
        var seen = slots.get(commitment.ordinal());
        return seen == 0 ? -1 : Math.min(seen, reach.highest(commitment, now));
    }

    boolean isIdle(long now, long idleMillis) {
        return now - usedAt > idleMillis;
    }

    private void refresh(long now) {
        if (now - usedAt >= REFRESH_MILLIS) {
            usedAt = now;
        }
    }

    private void raise(int at, long slot) {
        for (var known = slots.get(at); known < slot; known = slots.get(at)) {
            if (slots.compareAndSet(at, known, slot)) {
                return;
            }
        }
    }
}
