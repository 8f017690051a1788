package io.streamsync.router.pubsub;

import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.Offer;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.tip.Commitment;
import io.streamsync.router.access.Credential;
import io.streamsync.router.access.Credential.Scope;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.market.MarketView;
import io.streamsync.router.market.Views;
import io.streamsync.router.node.NodeSockets;
import io.streamsync.router.node.ScriptedSocketNode;
import io.streamsync.router.node.Upstream;
import io.streamsync.router.node.Upstreams;
import io.streamsync.router.tip.Sessions;
import io.streamsync.router.tip.Tips;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Operators with a scripted node each that takes WebSockets, and a router's subscriptions over them.
public final class SocketMarket implements AutoCloseable {

    public static final String KEY = "ssk_subscriber";
    static final String MANAGER = "ssm_subscriber";
    static final int LARGEST_NODE_MESSAGE = 256 * 1024;

    /// A second's patience is a hundredth here, so that tests need not be patient.
    private static final Patience PATIENCE = pausing(Duration.ofMillis(10), Duration.ofMillis(100));

    private final Map<Integer, Long> asks = new ConcurrentHashMap<>();
    private final List<ScriptedSocketNode> nodes = new ArrayList<>();
    private final Upstreams upstreams = new Upstreams();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final Sessions sessions = new Sessions();
    private final Tips tips = new Tips(Parameters.defaults());
    private final ScriptedMeter meter = new ScriptedMeter();
    private final ScriptedFunds funds = new ScriptedFunds();
    private final OpenConnections connections = new OpenConnections(1_200, 3);
    private final Broadcasts broadcasts;
    private final PubSub pubSub;
    private volatile OptionalInt maxSubscriptions = OptionalInt.empty();
    private volatile OptionalInt maxConnections = OptionalInt.empty();
    private volatile MarketView view;

    public SocketMarket(int operators) {
        this(operators, PATIENCE);
    }

    SocketMarket(int operators, Patience patience) {
        for (var i = 0; i < operators; i++) {
            nodes.add(ScriptedSocketNode.countingFrom(1_000L * (i + 1)));
        }
        view = viewOf(operators);
        var log = new RouterLog();
        var choice = new NodeChoice(() -> view, tips, ThreadLocalRandom::current, log);
        var sockets = new NodeSockets(Duration.ofMillis(600), LARGEST_NODE_MESSAGE, 2 * LARGEST_NODE_MESSAGE, log);
        broadcasts = new Broadcasts(new NodeAccess(sockets, choice, patience, 3), log);
        pubSub = new PubSub(
                this::credential,
                connections,
                funds,
                new Allowance(4, new Budget(1024 * 1024)),
                broadcasts,
                meter,
                new SeenSlots(sessions, tips));
    }

    /// All nodes have told this slot over HTTP.
    void reaches(long slot) {
        for (var node : view.snapshot().nodes()) {
            tips.told(view.upstream(node.id()), Commitment.PROCESSED, slot, System.nanoTime());
        }
        tips.refresh(view);
    }

    /// From where on the subscriber reads.
    long floor(Commitment commitment) {
        return sessions.of("id-" + KEY).floor(commitment, tips.reach(), Tips.millis());
    }

    static Patience pausing(Duration first, Duration longest) {
        return new Patience(
                Duration.ofMillis(20),
                Duration.ofMillis(150),
                Duration.ofMillis(1000),
                Duration.ofMillis(200),
                Duration.ofMillis(2000),
                Duration.ofMillis(2000),
                Duration.ofMillis(4000),
                Duration.ofMillis(300),
                Duration.ofMillis(400),
                Duration.ofMillis(1000),
                Duration.ofMillis(1200),
                10,
                first,
                longest);
    }

    ScriptedMeter meter() {
        return meter;
    }

    ScriptedFunds funds() {
        return funds;
    }

    OpenConnections connections() {
        return connections;
    }

    public PubSub pubSub() {
        return pubSub;
    }

    public List<ScriptedSocketNode> nodes() {
        return nodes;
    }

    /// The node where somebody is connected.
    public ScriptedSocketNode serving() {
        return nodes.stream().filter(node -> node.connections() > 0).findFirst().orElseThrow();
    }

    /// All nodes with the subscription tell this.
    public void tells(String kind, String result) {
        nodes.forEach(node -> node.notify(kind, result));
    }

    /// Only the first so many operators are in the market from now on.
    public void lists(int operators) {
        view = viewOf(operators);
    }

    void asks(int operator, long priceNano) {
        asks.put(operator, priceNano);
        view = viewOf(nodes.size());
    }

    void delists(ScriptedSocketNode node) {
        view = viewWithout(node);
    }

    public void revokes(String key) {
        revoked.add(key);
    }

    @Override
    public void close() {
        broadcasts.close();
        nodes.forEach(ScriptedSocketNode::close);
    }

    /// A key of an account of its own.
    String key(int number) {
        return KEY + number;
    }

    private @Nullable Credential credential(String key) {
        if (revoked.contains(key) || !(key.startsWith(KEY) || key.equals(MANAGER))) {
            return null;
        }
        return new Credential(
                "id-" + key,
                "account" + key.substring(KEY.length()),
                key.equals(MANAGER) ? Scope.MANAGE : Scope.QUERY,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                null,
                maxSubscriptions,
                maxConnections);
    }

    /// What the holder of the keys allows them.
    void limits(int subscriptions, int connectionsOfOne) {
        maxSubscriptions = OptionalInt.of(subscriptions);
        maxConnections = OptionalInt.of(connectionsOfOne);
    }

    private MarketView viewOf(int operators) {
        return view(nodes.subList(0, operators));
    }

    private MarketView viewWithout(ScriptedSocketNode delisted) {
        return view(nodes.stream().filter(node -> node != delisted).toList());
    }

    private MarketView view(List<ScriptedSocketNode> listed) {
        var operators = new ArrayList<ListedOperator>();
        var offered = new ArrayList<ListedNode>();
        var reached = new HashMap<NodeId, Upstream>();
        for (var node : listed) {
            var i = nodes.indexOf(node);
            var operator = new OperatorId("op" + i);
            var id = new NodeId("node" + i);
            operators.add(new ListedOperator(operator, operator, 10_000_000_000_000L, 990_000, false));
            offered.add(new ListedNode(
                    id,
                    operator,
                    NodeState.ACTIVE,
                    990_000,
                    Map.of(
                            QueryClass.LOOKUP,
                            new Offer(new Ask(asks.getOrDefault(i, 4_000L), 250, 10), 990_000, 900_000))));
            reached.put(
                    id,
                    upstreams.listed(
                            id,
                            "http://127.0.0.1:1",
                            node.url(),
                            List.of("127.0.0.1"),
                            Map.of("X-Node-Token", "secret" + i, "Sec-WebSocket-Key", "mine")));
        }
        return Views.of(MarketSnapshot.of("1", operators, offered), reached);
    }
}
