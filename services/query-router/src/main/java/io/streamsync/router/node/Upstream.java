package io.streamsync.router.node;

import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.tip.Commitment;
import io.streamsync.protocol.tip.NodeTips;
import io.streamsync.protocol.tip.Tip;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// One node as this router sees it: where it listens, whether it answers, and how much it has in hand.
public final class Upstream implements NodeTips {

    /// How long a node that refused for its rate is asked less.
    private static final long THROTTLE_NANOS = 1_000_000_000L;

    private final NodeEndpoint endpoint;
    private final @Nullable WebSocketEndpoint webSocket;
    private final Circuit circuit = new Circuit();
    private final Map<QueryClass, AtomicInteger> inFlight = new EnumMap<>(QueryClass.class);
    private final AtomicReferenceArray<@Nullable Tip> tips = new AtomicReferenceArray<>(Commitment.values().length);
    private volatile long throttledUntil;
    private volatile int throttledCapacity = Integer.MAX_VALUE;

    Upstream(NodeEndpoint endpoint, @Nullable WebSocketEndpoint webSocket) {
        this.endpoint = endpoint;
        this.webSocket = webSocket;
        for (var queryClass : QueryClass.values()) {
            inFlight.put(queryClass, new AtomicInteger());
        }
    }

    public NodeId nodeId() {
        return endpoint.nodeId();
    }

    NodeEndpoint endpoint() {
        return endpoint;
    }

    @Nullable
    WebSocketEndpoint webSocket() {
        return webSocket;
    }

    /// Whether it can be subscribed at.
    public boolean takesWebSockets() {
        return webSocket != null;
    }

    /// Whether it is reached as the other is.
    boolean isReachedLike(Upstream other) {
        return endpoint.equals(other.endpoint) && Objects.equals(webSocket, other.webSocket);
    }

    /// Why the node cannot take one more query of the class now; null when it can.
    public @Nullable SkipReason unusable(QueryClass queryClass, int capacity, long now) {
        var usable = now - throttledUntil < 0 ? Math.min(capacity, throttledCapacity) : capacity;
        if (inFlight(queryClass).get() >= usable) {
            return SkipReason.CAPACITY;
        }
        return circuit.allows(now) ? null : SkipReason.CIRCUIT_OPEN;
    }

    public void asked(QueryClass queryClass, long now) {
        circuit.asked(now);
        inFlight(queryClass).incrementAndGet();
    }

    public void done(QueryClass queryClass) {
        inFlight(queryClass).decrementAndGet();
    }

    /// How many of this router's queries the node has in hand.
    public int queriesInFlight(QueryClass queryClass) {
        return inFlight(queryClass).get();
    }

    public void succeeded() {
        circuit.succeeded();
    }

    /// The node has answered a probe, and may be tried again.
    public void probed(long now) {
        circuit.probed(now);
    }

    /// What the node said of the chain. Of two at the same time one may be lost, and told again with the next answer.
    ///
    /// @param at when it was asked, in ms
    public void told(Commitment commitment, long slot, long at, long probeIntervalMillis) {
        var known = tip(commitment);
        var next = Tip.after(known, slot, at, probeIntervalMillis);
        if (!next.equals(known)) {
            tips.set(index(commitment), next);
        }
    }

    @Override
    public @Nullable Tip tip(Commitment commitment) {
        return tips.get(index(commitment));
    }

    @SuppressWarnings("EnumOrdinal") // an index into an array that is never seen outside
    private static int index(Commitment commitment) {
        return commitment.ordinal();
    }

    /// @return whether this failure opened the circuit
    public boolean failed(long now) {
        return circuit.failed(now);
    }

    /// A rate limit is no fault: the router asks half of what is in flight, at least one, for a while.
    public void rateLimited(QueryClass queryClass, long now) {
        throttledCapacity = Math.max(1, inFlight(queryClass).get() / 2);
        throttledUntil = now + THROTTLE_NANOS;
    }

    private AtomicInteger inFlight(QueryClass queryClass) {
        return Objects.requireNonNull(inFlight.get(queryClass));
    }
}
