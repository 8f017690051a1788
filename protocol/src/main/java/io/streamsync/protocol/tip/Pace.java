package io.streamsync.protocol.tip;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How fast the chain goes at one commitment, and where it was seen to leap: a leader that skips its slots puts the
/// chain several slots further at once, and whoever told the slot before is only one block behind. Looked at several
/// times per slot; seldom enough looked at, or in a quiet market, it knows no leaps, and every slot takes its time.
///
/// @param slot the second-highest tip
/// @param seen when it was last told
/// @param leaps the latest, oldest first
public record Pace(long slot, long seen, List<Leap> leaps) {

    public static final Pace UNKNOWN = new Pace(Long.MIN_VALUE, 0, List.of());

    /// A leader's slots; that two in a row skip theirs is rare, and then a node is skipped once too often.
    private static final int SKIPPED = 4;

    /// As many as a node may be behind.
    private static final int REMEMBERED = 4;

    public Pace {
        leaps = List.copyOf(leaps);
    }

    /// @param skipped slots between the two in which there cannot have been time for a block
    public record Leap(long from, long to, long skipped) {}

    /// What is known after another look.
    ///
    /// @param operators the nodes of each independent operator
    public Pace next(Collection<? extends List<? extends NodeTips>> operators, Commitment commitment, long slotMillis) {
        var tips = new ArrayList<Tip>();
        for (var nodes : operators) {
            var tip = highest(nodes, commitment);
            if (tip != null) {
                tips.add(tip);
            }
        }
        if (tips.size() < 2) {
            return UNKNOWN;
        }
        tips.sort((one, other) -> Long.compare(other.slot(), one.slot()));
        var now = tips.get(1).slot();
        if (now <= slot) {
            return now == slot ? new Pace(slot, Math.max(seen, lastTold(tips, slot)), leaps) : this;
        }
        return new Pace(now, lastTold(tips, now), slot == Long.MIN_VALUE ? leaps : leapt(tips, now, slotMillis));
    }

    /// The furthest that a node can be now, as slots go by and the chain leaps.
    public long reachable(Tip tip, long now, long slotMillis) {
        var reachable = tip.reachable(now, slotMillis);
        var steps = reachable - tip.slot();
        for (var leap : leaps) {
            if (tip.slot() < leap.to && reachable > leap.from) {
                reachable = Math.min(reachable + leap.skipped, Math.max(reachable, leap.to - 1 + steps));
            }
        }
        return reachable;
    }

    private List<Leap> leapt(List<Tip> tips, long to, long slotMillis) {
        var reachedAt = Long.MAX_VALUE;
        for (var tip : tips) {
            if (tip.slot() >= to) {
                reachedAt = Math.min(reachedAt, tip.since());
            }
        }
        var leftAt = Math.max(seen, lastTold(tips, slot));
        var blocks = Math.max(1, Math.ceilDiv(reachedAt - leftAt, slotMillis));
        var skipped = Math.min(SKIPPED, to - slot - blocks);
        if (skipped <= 0) {
            return leaps;
        }
        var more = new ArrayList<>(leaps);
        more.add(new Leap(slot, to, skipped));
        return more.subList(Math.max(0, more.size() - REMEMBERED), more.size());
    }

    private static long lastTold(List<Tip> tips, long slot) {
        var last = Long.MIN_VALUE;
        for (var tip : tips) {
            if (tip.slot() == slot) {
                last = Math.max(last, tip.seen());
            }
        }
        return last;
    }

    private static @Nullable Tip highest(List<? extends NodeTips> nodes, Commitment commitment) {
        Tip highest = null;
        for (var node : nodes) {
            var tip = node.tip(commitment);
            if (tip != null && (highest == null || tip.slot() > highest.slot())) {
                highest = tip;
            }
        }
        return highest;
    }
}
