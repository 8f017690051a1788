package io.streamsync.router.tip;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.tip.Commitment;
import io.streamsync.protocol.tip.Pace;
import io.streamsync.protocol.tip.Reach;
import io.streamsync.router.market.MarketView;
import io.streamsync.router.node.Upstream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tips of all nodes as this router knows them. Telling one is a write to the node alone, and reading the reach is
/// one read: what is behind it is worked out beside the queries, several times per slot.
public final class Tips {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Parameters parameters;
    private final long probeIntervalMillis;
    private volatile Reach reach = Reach.UNKNOWN;
    // never changed, only replaced
    private volatile Map<Commitment, Pace> paces = Map.of();
    private @Nullable MarketView known;
    private List<List<Upstream>> operators = List.of();

    public Tips(Parameters parameters) {
        this.parameters = parameters;
        this.probeIntervalMillis = parameters.probeInterval().toMillis();
    }

    /// The clock of all tips, in ms.
    public static long millis() {
        return System.nanoTime() / NANOS_PER_MILLI;
    }

    /// @param askedAt `System.nanoTime()`
    public void told(Upstream node, Commitment commitment, long slot, long askedAt) {
        node.told(commitment, slot, askedAt / NANOS_PER_MILLI, probeIntervalMillis);
    }

    /// What the operators together say.
    public Reach reach() {
        return reach;
    }

    /// Whether a node is known to be below the slot, at best.
    public boolean isBelow(Upstream node, Commitment commitment, long slot, long now) {
        var tip = node.tip(commitment);
        return tip != null
                && paces.getOrDefault(commitment, Pace.UNKNOWN)
                                .reachable(tip, now, parameters.slotTime().toMillis())
                        < slot;
    }

    /// Called by one thread.
    public void refresh(MarketView view) {
        if (view != known) {
            operators = byOperator(view);
            known = view;
        }
        reach = Reach.of(operators, millis(), parameters);
        var next = new EnumMap<Commitment, Pace>(Commitment.class);
        for (var commitment : Commitment.values()) {
            next.put(
                    commitment,
                    paces.getOrDefault(commitment, Pace.UNKNOWN)
                            .next(operators, commitment, parameters.slotTime().toMillis()));
        }
        paces = next;
    }

    private static List<List<Upstream>> byOperator(MarketView view) {
        Map<OperatorId, List<Upstream>> nodes = new HashMap<>();
        var snapshot = view.snapshot();
        for (var node : snapshot.nodes()) {
            nodes.computeIfAbsent(snapshot.operator(node.operatorId()).countsAs(), _ -> new ArrayList<>())
                    .add(view.upstream(node.id()));
        }
        return List.copyOf(nodes.values());
    }
}
