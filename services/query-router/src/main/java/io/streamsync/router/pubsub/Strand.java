package io.streamsync.router.pubsub;

import java.util.ArrayDeque;
import java.util.Queue;

/// What one of the nodes of a broadcast tells. It is joined to the others once it is known to leave no gap: what it
/// tells begins no later than what was told already ends.
final class Strand {

    /// Some minutes of slots: what waits longer will not be joined.
    private static final int MOST_HELD = 1_000;

    private final Queue<Notice> held = new ArrayDeque<>();
    private final long since;
    private long first = Notice.NOT_UNDERSTOOD;
    private long parentOfFirst = Notice.NOT_UNDERSTOOD;
    private long highest;
    private boolean joined;

    /// @param told up to where others have told by now: for that it need not answer
    Strand(long since, boolean joined, long told) {
        this.since = since;
        this.joined = joined;
        this.highest = told;
    }

    void tells(Notice notice) {
        if (first < 0) {
            first = notice.slot();
            parentOfFirst = notice.parent();
        }
        highest = Math.max(highest, notice.slot());
    }

    /// What may have to wait for the slots before it.
    void hold(Notice notice) {
        tells(notice);
        held.add(notice);
        if (held.size() > MOST_HELD && !joined) {
            held.clear();
            first = Notice.NOT_UNDERSTOOD;
        }
    }

    Queue<Notice> held() {
        return held;
    }

    boolean isJoined() {
        return joined;
    }

    void join() {
        joined = true;
    }

    /// The highest slot that was told by it, or by others before it; negative when none.
    long highest() {
        return highest;
    }

    /// Whether what it tells follows a slot without a gap.
    boolean follows(long last) {
        return first >= 0 && (first <= last + 1 || (parentOfFirst >= 0 && parentOfFirst <= last));
    }

    /// Whether another, of which nothing is missing, has come to where this one begins.
    boolean isReachedBy(Strand other, long now, long overlap) {
        return other.joined && (now - since >= overlap || (first >= 0 && other.highest > first));
    }
}
