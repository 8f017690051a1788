package io.streamsync.router.pubsub;

import io.streamsync.router.pubsub.SubscriptionKind.Telling;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Makes one of what several nodes tell: each thing once, as soon as the first of them tells it, and nothing left out
/// while nodes come and go (decision 33). Knows no clock, no node and no client.
final class Merge {

    private static final long NOTHING = -1;

    private final List<Strand> strands = new ArrayList<>();
    private final Told told;
    private final Telling telling;
    private final long overlap;
    private long last = NOTHING;
    private boolean begun;
    private long begunAt;
    private boolean torn;
    private long tornAt;

    /// @param overlap after so long beside another, in nanoseconds, a node has told what the other has
    /// @param remembered what all together may remember of what was told
    Merge(Telling telling, long overlap, Budget remembered) {
        this.told = new Told(remembered);
        this.telling = telling;
        this.overlap = overlap;
    }

    /// One more node serves it.
    Strand begin(long now) {
        if (!begun) {
            begun = true;
            begunAt = now;
        }
        var strand = new Strand(now, leavesNothingOut(now), last);
        strands.add(strand);
        return strand;
    }

    /// A node serves it no more.
    void end(Strand strand, long now) {
        strands.remove(strand);
        if (mayBeTorn() && !torn && strands.stream().noneMatch(Strand::isJoined)) {
            torn = true;
            tornAt = now;
        }
    }

    /// @param out where everything goes that clients are told
    void tells(Strand strand, Notice notice, long now, Consumer<Notice> out) {
        if (telling == Telling.AS_THE_NODE) {
            out.accept(notice);
        } else if (!notice.isUnderstood()) {
            // it cannot be found again in what others tell: one alone is believed
            if (strands.getFirst() == strand) {
                out.accept(notice);
            }
        } else if (telling == Telling.IN_ORDER) {
            strand.hold(notice);
            drain(out);
        } else {
            strand.tells(notice);
            last = Math.max(last, notice.slot());
            if (telling == Telling.NEWEST
                    ? told.isNewer(notice.identity(), notice.slot())
                    : told.isFirst(notice.identity(), notice.slot())) {
                out.accept(notice);
            }
            look(now);
        }
    }

    /// Joins nodes that have been beside another for long enough.
    void look(long now) {
        for (var strand : strands) {
            if (!strand.isJoined()
                    && telling != Telling.IN_ORDER
                    && strands.stream().anyMatch(other -> strand.isReachedBy(other, now, overlap))) {
                strand.join();
            }
        }
    }

    /// Whether no node is left that surely tells all that follows what was told, since a time that is too long for one
    /// to turn up. What was in between is missing.
    boolean isTorn(long now, long patience) {
        return torn && now - tornAt >= (telling == Telling.IN_ORDER ? patience : 0);
    }

    boolean isTorn() {
        return torn;
    }

    /// What was missing is made good.
    void mend() {
        torn = false;
        strands.forEach(Strand::join);
    }

    /// Nobody is told anything any more.
    void close() {
        told.forget();
    }

    /// Whether a node has served it.
    boolean hasBegun() {
        return begun;
    }

    /// The highest slot that was told; negative when none.
    long last() {
        return last;
    }

    /// What cannot be told again, and is told to all who ask anew, cannot be lost between two nodes.
    private boolean mayBeTorn() {
        return switch (telling) {
            case IN_ORDER -> last != NOTHING;
            case ONCE_EACH, NEWEST -> true;
            case FATE, AS_THE_NODE -> false;
        };
    }

    /// The first, and whoever comes with it: clients know of nothing yet. Slots must not overtake the first's.
    private boolean leavesNothingOut(long now) {
        return now == begunAt || (telling != Telling.IN_ORDER && last == NOTHING && now - begunAt <= overlap / 4);
    }

    private void drain(Consumer<Notice> out) {
        for (var moved = true; moved; ) {
            moved = false;
            for (var strand : strands) {
                if (!strand.isJoined() && (last == NOTHING || strand.follows(last))) {
                    strand.join();
                    torn = false;
                }
                moved |= strand.isJoined() && pass(strand, out);
            }
        }
    }

    private boolean pass(Strand strand, Consumer<Notice> out) {
        var moved = false;
        for (var next = strand.held().poll(); next != null; next = strand.held().poll()) {
            if (next.slot() > last) {
                last = next.slot();
                out.accept(next);
                moved = true;
            }
        }
        return moved;
    }
}
