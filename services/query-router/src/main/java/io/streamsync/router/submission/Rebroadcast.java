package io.streamsync.router.submission;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.market.MarketView;
import io.streamsync.router.node.Loop;
import io.streamsync.router.node.NodeClient;
import io.streamsync.router.node.NodeFailure;
import io.streamsync.router.node.NodeReply;
import io.streamsync.router.submission.NodesInTurn.Chosen;
import io.streamsync.router.submission.SignatureStatuses.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Sends accepted transactions again: every two seconds or so those that a node, another one each time,
/// does not know yet, each to a node that accepted it and to one more, until two operators call it
/// confirmed or its time is over. Part of what its fee was paid for, so nothing is charged, and nothing
/// that a node says or does not say counts for it. On a loop of its own with connections of its own: no
/// query waits for it. What is under way at a stop is lost.
final class Rebroadcast implements Resending, SmartLifecycle {

    /// After the market; it stops before it.
    private static final int PHASE = 600;

    private static final long LONGEST_TICK_MILLIS = 250;

    /// Transactions under way to one node: what customers pay for comes first there.
    private static final int MOST_AT_A_NODE = 32;

    private final Supplier<MarketView> market;
    private final NodeClient nodes;
    private final SubmissionProperties properties;
    private final RouterLog log;
    private final Map<SubmissionKey, PendingTransaction> pending = new LinkedHashMap<>();
    private final NodesInTurn witnesses = new NodesInTurn(QueryClass.LOOKUP);
    private final NodesInTurn further = new NodesInTurn(QueryClass.SUBMIT);
    private final Map<NodeId, Integer> underWay = new HashMap<>();
    private volatile @Nullable EventLoopGroup group;
    private volatile @Nullable Loop loop;
    private long lastId;
    private int dropped;

    Rebroadcast(Supplier<MarketView> market, NodeClient nodes, SubmissionProperties properties, RouterLog log) {
        this.market = market;
        this.nodes = nodes;
        this.properties = properties;
        this.log = log;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the loop
    public void start() {
        var started = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("resends", true), NioIoHandler.newFactory());
        var own = new Loop(started.next(), NioSocketChannel.class);
        var millis = Math.min(LONGEST_TICK_MILLIS, properties.every().toMillis() / 2);
        own.events().scheduleWithFixedDelay(() -> tick(own), millis, millis, TimeUnit.MILLISECONDS);
        group = started;
        loop = own;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for it
    public void stop() {
        loop = null;
        if (group != null) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            group = null;
        }
    }

    @Override
    public boolean isRunning() {
        return group != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public void resend(SubmissionKey key, Transaction transaction, List<NodeId> takers, Terms terms) {
        var now = System.nanoTime();
        var lifetime = transaction.spendsNonce() ? properties.nonceLifetime() : properties.lifetime();
        var added = new PendingTransaction(transaction, takers, terms, now, now + lifetime.toNanos());
        onLoop(() -> add(key, added));
    }

    @Override
    public void wantedAgain(SubmissionKey key) {
        onLoop(() -> {
            var known = pending.get(key);
            if (known != null) {
                known.wantAgain(System.nanoTime(), properties.every().toNanos());
            }
        });
    }

    private void onLoop(Runnable step) {
        var running = loop;
        if (running != null) {
            running.events().execute(step);
        }
    }

    private void add(SubmissionKey key, PendingTransaction added) {
        pending.put(key, added);
        if (pending.size() > properties.pending()) {
            pending.remove(pending.keySet().iterator().next());
            dropped++;
        }
    }

    private void tick(Loop on) {
        try {
            var now = System.nanoTime();
            pending.values().removeIf(one -> one.isExpired(now));
            var due = new ArrayList<Map.Entry<SubmissionKey, PendingTransaction>>();
            for (var one : pending.entrySet()) {
                if (one.getValue().isDue(now, properties.every().toNanos())) {
                    one.getValue().attended(now);
                    due.add(Map.entry(one.getKey(), one.getValue()));
                }
            }
            for (var from = 0; from < due.size(); from += SignatureStatuses.MOST) {
                attend(on, due.subList(from, Math.min(due.size(), from + SignatureStatuses.MOST)));
            }
            tellDropped();
        } catch (RuntimeException e) {
            log.resendingFailed(e);
        }
    }

    private void tellDropped() {
        if (dropped > 0) {
            log.resendsDropped(dropped);
            dropped = 0;
        }
    }

    private void attend(Loop on, List<Map.Entry<SubmissionKey, PendingTransaction>> due) {
        var view = market.get();
        var witness = witnesses.next(view, _ -> true);
        if (witness == null) {
            due.forEach(one -> send(on, view, one.getValue()));
            return;
        }
        var id = ++lastId;
        var request = SignatureStatuses.request(
                id, due.stream().map(Map.Entry::getValue).toList());
        nodes.ask(on, witness.upstream(), request, true, new NodeReply() {
            @Override
            public void answered(byte[] body, long firstByteAt) {
                var statuses = read(body, id, due.size());
                told(on, due, statuses, witness);
            }

            @Override
            public void failed(NodeFailure failure) {
                told(on, due, null, witness);
            }
        });
    }

    private @Nullable List<Status> read(byte[] body, long id, int signatures) {
        try {
            return SignatureStatuses.read(body, id, signatures);
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    /// @param statuses null when the witness did not say
    private void told(
            Loop on,
            List<Map.Entry<SubmissionKey, PendingTransaction>> due,
            @Nullable List<Status> statuses,
            Chosen witness) {
        var view = market.get();
        for (var i = 0; i < due.size(); i++) {
            var one = due.get(i).getValue();
            switch (statuses == null ? Status.UNKNOWN : statuses.get(i)) {
                case UNKNOWN -> {
                    one.unconfirm();
                    send(on, view, one);
                }
                case PROCESSED -> {}
                case CONFIRMED -> {
                    if (one.confirm(witness.countsAs())) {
                        pending.remove(due.get(i).getKey(), one);
                    }
                }
            }
        }
    }

    /// Where nobody has room, its next time comes soon.
    private void send(Loop on, MarketView view, PendingTransaction one) {
        var takerId = one.nextTaker();
        var taker = hasRoom(takerId) ? further.find(view, takerId) : null;
        var another = further.next(
                view, node -> one.mayBeSeenBy(node.operatorId()) && !node.id().equals(takerId) && hasRoom(node.id()));
        for (var node : new Chosen[] {taker, another}) {
            if (node != null) {
                send(on, one, node);
            }
        }
        if (taker != null || another != null) {
            one.sent();
        }
    }

    private boolean hasRoom(NodeId node) {
        return underWay.getOrDefault(node, 0) < MOST_AT_A_NODE;
    }

    /// Nobody waits for what it says; whoever fails, the next one in turn gets it in a moment.
    private void send(Loop on, PendingTransaction one, Chosen node) {
        underWay.merge(node.nodeId(), 1, Integer::sum);
        nodes.ask(on, node.upstream(), one.request(), true, new NodeReply() {
            @Override
            public void answered(byte[] body, long firstByteAt) {
                underWay.computeIfPresent(node.nodeId(), (_, count) -> count == 1 ? null : count - 1);
            }

            @Override
            public void failed(NodeFailure failure) {
                underWay.computeIfPresent(node.nodeId(), (_, count) -> count == 1 ? null : count - 1);
            }
        });
    }
}
