package io.streamsync.router.pubsub;

import io.streamsync.router.market.MarketView;
import io.streamsync.router.node.Loop;
import io.streamsync.router.node.NodeSocket;
import io.streamsync.router.node.SocketListener;
import io.streamsync.router.pubsub.EarlyNotifications.Early;
import io.streamsync.router.pubsub.NodeChoice.Chosen;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What is said on one WebSocket to one node: which call its answers belong to, and which subscriptions its
/// notifications. Nodes give equal subscriptions of one connection the same id, and one unsubscription ends them all:
/// so an id has many subscriptions, and is given up only when it has none and none can be about to get it.
final class Conversation implements SocketListener {

    /// More is no word of a refusal's, and a batch keeps up to a hundred of them.
    private static final int LARGEST_REFUSAL = 64 * 1024;

    private final SequencedMap<Long, Asked> asked = new LinkedHashMap<>();
    private final Map<Long, List<Subscription>> running = new HashMap<>();
    private final Map<Long, SubscriptionKind> leaving = new HashMap<>();
    private final Set<Subscription> gone = new HashSet<>();
    private final EarlyNotifications early = new EarlyNotifications();
    private final Chosen node;
    private final NodeChoice choice;
    private final Patience patience;
    private final NodeLink link;
    private final NodeSocket socket;
    private final ScheduledFuture<?> looking;
    private long lastCall;
    private long heardAt = System.nanoTime();
    private boolean open;
    private @Nullable MarketView seen;
    private boolean listed = true;

    Conversation(Loop loop, Chosen node, NodeAccess nodes, NodeLink link) {
        this.node = node;
        this.choice = nodes.choice();
        this.patience = nodes.patience();
        this.link = link;
        this.socket = nodes.sockets().connect(loop, node.upstream(), this);
        var period = patience.look().toNanos();
        this.looking = loop.events().scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    Chosen node() {
        return node;
    }

    boolean isOpen() {
        return open;
    }

    void subscribe(Subscription subscription) {
        lastCall++;
        asked.put(lastCall, new Asked(subscription, System.nanoTime()));
        socket.send(subscription.toNode(lastCall));
    }

    void unsubscribe(Subscription subscription) {
        if (!subscription.isRunning()) {
            gone.add(subscription); // its answer is on the way
            return;
        }
        var id = subscription.nodeSubscription();
        var all = running.get(id);
        if (all != null && all.remove(subscription) && all.isEmpty()) {
            running.remove(id);
            leaving.put(id, subscription.kind());
        }
        leave();
    }

    /// Nobody needs it any more.
    void end() {
        open = false;
        looking.cancel(false);
        socket.close();
    }

    @Override
    public void opened() {
        open = true;
        heardAt = System.nanoTime();
        choice.served(node);
        link.opened();
    }

    @Override
    public void alive() {
        heardAt = System.nanoTime();
    }

    @Override
    public void closed() {
        lost("closed");
    }

    @Override
    public void received(byte[] message) {
        switch (NodeMessage.read(message)) {
            case NodeMessage.Answer(var id, var from, var to) -> answered(id, message, from, to);
            case NodeMessage.Refusal(var id, var from, var to) -> refused(id, message, from, to);
            case NodeMessage.Notification(var id, var from, var to) -> notified(id, message, from, to);
            case NodeMessage.Unreadable _ -> lost("unreadable");
        }
    }

    private void answered(long callId, byte[] message, int from, int to) {
        var answer = asked.remove(callId);
        if (answer == null) {
            return; // of an unsubscription
        }
        var id = NodeMessageReader.number(message, from, to);
        if (id == null) {
            lost("no subscription");
            return;
        }
        var subscription = answer.subscription();
        if (gone.remove(subscription)) {
            leaving.putIfAbsent(id, subscription.kind());
        } else {
            running.computeIfAbsent(id, _ -> new ArrayList<>()).add(subscription);
            subscription.session().runs(subscription, id);
            early.take(id).forEach(told -> notified(id, told.message(), told.from(), told.to()));
        }
        leave();
    }

    private void refused(long callId, byte[] message, int from, int to) {
        if (message.length > LARGEST_REFUSAL) {
            lost("refusal too large");
            return;
        }
        var answer = asked.remove(callId);
        if (answer != null && !gone.remove(answer.subscription())) {
            answer.subscription().session().refused(answer.subscription(), message, from, to);
        }
        leave();
    }

    private void notified(long id, byte[] message, int from, int to) {
        var subscriptions = running.get(id);
        if (subscriptions == null) {
            if (!asked.isEmpty()) {
                early.keep(new Early(id, message, from, to)); // its answer may be on the way
            }
            return;
        }
        var isLast = subscriptions.getFirst().kind() == SubscriptionKind.SIGNATURE
                && SignatureNotice.isLast(message, from, to);
        if (isLast) {
            running.remove(id);
        }
        for (var subscription : List.copyOf(subscriptions)) {
            subscription.session().notified(subscription, message, from, to, isLast);
        }
    }

    /// Gives up the node's ids that nobody has, unless one may be the answer to what was just asked.
    private void leave() {
        if (!asked.isEmpty()) {
            return;
        }
        early.clear();
        leaving.forEach((id, kind) -> {
            if (!running.containsKey(id)) {
                lastCall++;
                socket.send(("{\"jsonrpc\":\"2.0\",\"id\":" + lastCall + ",\"method\":\"" + kind.unsubscribe()
                                + "\",\"params\":[" + Long.toUnsignedString(id) + "]}")
                        .getBytes(StandardCharsets.US_ASCII));
            }
        });
        leaving.clear();
    }

    private void look() {
        var now = System.nanoTime();
        var silent = now - heardAt;
        if (!isListed()) {
            moveOn();
        } else if (open && silent >= patience.silence().toNanos()) {
            lost("silent");
        } else if (isOverdue(now)) {
            lost("no answer");
        } else if (open && silent >= patience.quiet().toNanos()) {
            socket.ping();
        }
    }

    /// Looked up once per view of the market.
    private boolean isListed() {
        var view = choice.market();
        if (view != seen) {
            seen = view;
            listed = NodeChoice.isListed(node, view);
        }
        return listed;
    }

    private boolean isOverdue(long now) {
        var oldest = asked.isEmpty() ? null : asked.firstEntry().getValue();
        return oldest != null && now - oldest.at() >= patience.answer().toNanos();
    }

    private void lost(String reason) {
        choice.lost(node, reason);
        moveOn();
    }

    private void moveOn() {
        end();
        link.lost(this);
    }

    private record Asked(Subscription subscription, long at) {}
}
