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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One node as this router sees it: where it listens, whether it answers, and how much it has in hand.
public final class Upstream implements NodeTips {

    /// So many times what is sold may be asked when nobody else is left: a market that is full still answers, and no
    /// node is flooded.
    private static final int OVERDRAFT = 2;

    private final NodeEndpoint endpoint;
    private final @Nullable WebSocketEndpoint webSocket;
    private final Circuit circuit = new Circuit();
    private final Map<QueryClass, Capacity> capacities = new EnumMap<>(QueryClass.class);
    private final AtomicReferenceArray<@Nullable Tip> tips = new AtomicReferenceArray<>(Commitment.values().length);

    Upstream(NodeEndpoint endpoint, @Nullable WebSocketEndpoint webSocket) {
        this.endpoint = endpoint;
        this.webSocket = webSocket;
        for (var queryClass : QueryClass.values()) {
            capacities.put(queryClass, new Capacity());
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

    /// Why the node cannot take one more query of the class now; null when it can. Looking changes nothing.
    public @Nullable SkipReason unusable(QueryClass queryClass, int capacity, long now) {
        if (capacity(queryClass).isFull(capacity, now)) {
            return SkipReason.CAPACITY;
        }
        return circuit.allows(now) ? null : SkipReason.CIRCUIT_OPEN;
    }

    /// Whether it has even more in hand than it may be asked for want of anybody else.
    public boolean isOverdrawn(QueryClass queryClass, int capacity) {
        return capacity(queryClass).inFlight() >= (long) capacity * OVERDRAFT;
    }

    /// The node is wanted for a place. Where its circuit lets one query try, this is that query.
    ///
    /// @return false when another query tries it
    public boolean claim(long now, Consumer<Upstream> onTrial) {
        return switch (circuit.claim(now)) {
            case FREE -> true;
            case TRIAL -> {
                onTrial.accept(this);
                yield true;
            }
            case REFUSED -> false;
        };
    }

    /// The place that was to try it comes to nothing.
    public void unclaim(long claimedAt) {
        circuit.unclaim(claimedAt);
    }

    /// It had a place and was not asked: if that place was to try it, the next may. Should another try it meanwhile,
    /// then two do.
    public void notAsked() {
        circuit.untried();
    }

    public void asked(QueryClass queryClass) {
        capacity(queryClass).asked();
    }

    public void done(QueryClass queryClass) {
        capacity(queryClass).done();
    }

    /// How many of this router's queries the node has in hand.
    public int queriesInFlight(QueryClass queryClass) {
        return capacity(queryClass).inFlight();
    }

    public void succeeded(long askedAt) {
        circuit.succeeded(askedAt);
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
    public boolean failed(long askedAt, long now) {
        return circuit.failed(askedAt, now);
    }

    /// A rate limit is no fault: the node is asked less for a while.
    ///
    /// @param waitSeconds for how long it wants to be left alone; 0 where it does not say
    public void rateLimited(QueryClass queryClass, long askedAt, long now, long waitSeconds) {
        capacity(queryClass).refused(askedAt, now, TimeUnit.SECONDS.toNanos(waitSeconds));
    }

    /// It let a query wait for too long that another operator answered.
    public void overran(QueryClass queryClass, long askedAt, long now) {
        capacity(queryClass).overran(askedAt, now);
    }

    private Capacity capacity(QueryClass queryClass) {
        return Objects.requireNonNull(capacities.get(queryClass));
    }
}
