package io.streamsync.protocol.tip;

import io.streamsync.protocol.parameters.Parameters;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far the chain is, as the second-highest tip over independent operators says (protocol, Race): one operator alone
/// cannot move it. An answer's slot must lie within [#lowest(Commitment)] as it was when the node was asked and
/// [#highest(Commitment, long)] as it is when the answer arrives.
///
/// Tips grow old, and the two bounds take that in their own ways: the lower one stays where it was, because the chain
/// never goes back; the upper one rises by a slot per slot time since a tip was first told, takes in the slots that may
/// have been skipped by then, and counts only fresh tips.
public final class Reach {

    /// Nothing is known: no slot is implausible.
    public static final Reach UNKNOWN = new Reach(unbounded(Long.MIN_VALUE), unbounded(Long.MAX_VALUE), 1, 0);

    /// A leader has four slots; when it skips them, the chain stands at its last one, and is at once five further.
    private static final int SKIPPED = 4;

    private static final Commitment[] COMMITMENTS = Commitment.values();

    private final long[] lowest;
    // the moment at which slot 0 would have been, for the second-highest operator
    private final long[] origin;
    private final long slotMillis;
    private final int lead;

    private Reach(long[] lowest, long[] origin, long slotMillis, int lead) {
        this.lowest = lowest;
        this.origin = origin;
        this.slotMillis = slotMillis;
        this.lead = lead;
    }

    /// @param operators the nodes of each independent operator
    public static Reach of(Collection<? extends List<? extends NodeTips>> operators, long now, Parameters parameters) {
        var slotMillis = parameters.slotTime().toMillis();
        var lowest = unbounded(Long.MIN_VALUE);
        var origin = unbounded(Long.MAX_VALUE);
        for (var commitment : COMMITMENTS) {
            var slots = new SecondHighest();
            var origins = new SecondHighest();
            for (var nodes : operators) {
                addHighest(nodes, commitment, now, parameters, slots, origins);
            }
            var at = index(commitment);
            if (slots.count >= 2) {
                lowest[at] = slots.second - parameters.slotLag();
            }
            // a few that happen to be known first may all be behind the others
            if (origins.count >= 2 && 2 * origins.count >= operators.size()) {
                origin[at] = origins.second;
            }
        }
        return new Reach(atLeastTheSurer(lowest), atMostTheLessSure(origin), slotMillis, parameters.slotLead());
    }

    /// Below is implausible; `Long.MIN_VALUE` when too few operators are known.
    public long lowest(@Nullable Commitment commitment) {
        return commitment == null ? Long.MIN_VALUE : lowest[index(commitment)];
    }

    /// Above is implausible; `Long.MAX_VALUE` when too few operators are known.
    public long highest(@Nullable Commitment commitment, long now) {
        var tip = commitment == null ? Long.MAX_VALUE : tip(commitment, now);
        return tip == Long.MAX_VALUE ? Long.MAX_VALUE : tip + SKIPPED + lead;
    }

    /// The second-highest tip by now, as slots go by; `Long.MAX_VALUE` when too few operators are known.
    public long tip(Commitment commitment, long now) {
        var since = origin[index(commitment)];
        return since == Long.MAX_VALUE ? Long.MAX_VALUE : Math.ceilDiv(since + now, slotMillis);
    }

    private static void addHighest(
            List<? extends NodeTips> nodes,
            Commitment commitment,
            long now,
            Parameters parameters,
            SecondHighest slots,
            SecondHighest origins) {
        var slot = Long.MIN_VALUE;
        var origin = Long.MIN_VALUE;
        for (var node : nodes) {
            var tip = node.tip(commitment);
            if (tip != null) {
                slot = Math.max(slot, tip.slot());
            }
            if (tip != null && tip.isFresh(now, parameters.probeInterval().toMillis())) {
                origin = Math.max(origin, tip.slot() * parameters.slotTime().toMillis() - tip.since());
            }
        }
        slots.add(slot);
        origins.add(origin);
    }

    // no node's finalized slot is above its confirmed one
    private static long[] atLeastTheSurer(long[] lowest) {
        for (var i = 1; i < lowest.length; i++) {
            lowest[i] = Math.max(lowest[i], lowest[i - 1]);
        }
        return lowest;
    }

    private static long[] atMostTheLessSure(long[] origin) {
        for (var i = origin.length - 2; i >= 0; i--) {
            origin[i] = Math.min(origin[i], origin[i + 1]);
        }
        return origin;
    }

    @SuppressWarnings("EnumOrdinal") // an index into arrays that are never seen outside
    private static int index(Commitment commitment) {
        return commitment.ordinal();
    }

    private static long[] unbounded(long bound) {
        var bounds = new long[Commitment.values().length];
        Arrays.fill(bounds, bound);
        return bounds;
    }

    /// Of the values that are any.
    private static final class SecondHighest {

        private int count;
        private long first = Long.MIN_VALUE;
        private long second = Long.MIN_VALUE;

        void add(long value) {
            if (value == Long.MIN_VALUE) {
                return;
            }
            count++;
            if (value > first) {
                second = first;
                first = value;
            } else if (value > second) {
                second = value;
            }
        }
    }
}
