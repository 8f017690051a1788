package io.streamsync.router.pubsub;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.streamsync.protocol.draw.Field;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.money.Amount;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.market.PricedField;
import io.streamsync.router.node.Loop;
import io.streamsync.router.node.Upstream;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// All broadcasts of the router, and the conversations with nodes that they come from. Everything runs on
/// one loop of its own: a node's message is read once, however many clients wait for it, and what they get
/// is handed to their loops.
final class Broadcasts implements AutoCloseable {

    /// What was told, in entries of some hundred bytes each: the rest of the heap is for queries.
    private static final int MOST_REMEMBERED = 400_000;

    /// In nanoseconds.
    private static final long MOST_AT_A_TIME = 2_000_000;

    private final Budget remembered = new Budget(MOST_REMEMBERED);
    private final Map<BroadcastKey, Broadcast> byKey = new HashMap<>();
    private final Map<Upstream, NodeConversations> byNode = new HashMap<>();
    private final Map<EventLoop, HandOver> handOvers = new HashMap<>();
    private final Set<Conversation> paused = new HashSet<>();
    private final Suspects suspects = new Suspects();
    private final Queue<Broadcast> toLookAt = new ArrayDeque<>();
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("subscriptions", true), NioIoHandler.newFactory());
    private final Loop loop = new Loop(group.next(), NioSocketChannel.class);
    private final NodeAccess nodes;
    private final RouterLog log;

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the loop
    Broadcasts(NodeAccess nodes, RouterLog log) {
        this.nodes = nodes;
        this.log = log;
        var period = nodes.patience().look().toNanos();
        loop.events().scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    NodeAccess nodes() {
        return nodes;
    }

    Budget remembered() {
        return remembered;
    }

    Loop loop() {
        return loop;
    }

    /// Whom a subscription under these terms may be served by, and for how much. From any thread.
    PricedField field(Terms terms) {
        return nodes.choice().fieldForOnce(terms);
    }

    /// Why nobody can serve it, whatever becomes of nodes; null when somebody may.
    static @Nullable Refusal refusal(Field field) {
        return field.isEmpty() && field.cheapestAsk().isPresent()
                ? Refusal.of(RefusalCode.NO_CAPABLE_NODE)
                        .with("cheapestAsk", Amount.decimal(field.cheapestAsk().getAsLong()))
                : null;
    }

    /// From any thread. The subscription hears of it on its client's loop.
    void join(Subscription subscription) {
        execute(() -> byKey.computeIfAbsent(
                        new BroadcastKey(subscription.subject(), subscription.terms()), key -> new Broadcast(key, this))
                .join(subscription));
    }

    /// From any thread. What is on its way may still arrive.
    void leave(Collection<Subscription> subscriptions) {
        var all = List.copyOf(subscriptions);
        execute(() -> {
            for (var subscription : all) {
                var broadcast = byKey.get(new BroadcastKey(subscription.subject(), subscription.terms()));
                if (broadcast != null) {
                    broadcast.leave(subscription);
                }
            }
        });
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for it
    public void close() {
        execute(() -> byNode.values().forEach(NodeConversations::end));
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    void forget(BroadcastKey key, Broadcast broadcast) {
        byKey.remove(key, broadcast);
    }

    boolean carries(Upstream node, Subject subject) {
        var conversations = byNode.get(node);
        return conversations != null && conversations.carries(subject);
    }

    void subscribe(Subject subject, Relay relay) {
        byNode.computeIfAbsent(relay.node().upstream(), node -> new NodeConversations(loop, node, nodes, suspects))
                .subscribe(subject, relay);
    }

    HandOver handOver(EventLoop clients) {
        return handOvers.computeIfAbsent(clients, to -> new HandOver(to, () -> execute(this::resume)));
    }

    /// Until the clients' loops keep up again.
    void pause(Conversation conversation) {
        if (paused.add(conversation)) {
            conversation.reads(false);
        }
    }

    private void resume() {
        paused.forEach(conversation -> conversation.reads(true));
        paused.clear();
    }

    private void look() {
        if (toLookAt.isEmpty()) {
            toLookAt.addAll(byKey.values());
            lookOn();
        }
    }

    /// A part at a time: what nodes tell meanwhile must not wait for all of them.
    private void lookOn() {
        var begun = System.nanoTime();
        while (!toLookAt.isEmpty() && System.nanoTime() - begun < MOST_AT_A_TIME) {
            look(toLookAt.remove());
        }
        if (toLookAt.isEmpty()) {
            byNode.values().removeIf(NodeConversations::isUnused);
        } else {
            execute(this::lookOn);
        }
    }

    private void look(Broadcast broadcast) {
        try {
            broadcast.look(System.nanoTime());
        } catch (RuntimeException e) {
            log.subscriberFailed(e);
        }
    }

    private void execute(Runnable task) {
        try {
            loop.events().execute(task);
        } catch (RejectedExecutionException _) {
            // the router stops
        }
    }
}
