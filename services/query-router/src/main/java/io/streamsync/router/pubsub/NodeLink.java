package io.streamsync.router.pubsub;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.router.node.Loop;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Keeps one client's subscriptions on a node: none while nothing is subscribed to, and another operator's as soon as
/// the one is lost.
final class NodeLink {

    /// What doubling the pause may come to before it is cut off at the longest.
    private static final int MOST_DOUBLINGS = 16;

    private final Set<OperatorId> tried = new HashSet<>();
    private final Loop loop;
    private final NodeAccess nodes;
    private final NodeChoice choice;
    private final Patience patience;
    private final ClientSession session;
    private @Nullable Conversation conversation;
    private @Nullable ScheduledFuture<?> next;
    private boolean missing;
    private long missingSince;
    private long settledAt;
    private int failures;

    NodeLink(Loop loop, NodeAccess nodes, ClientSession session) {
        this.loop = loop;
        this.nodes = nodes;
        this.choice = nodes.choice();
        this.patience = nodes.patience();
        this.session = session;
    }

    void carry(Subscription subscription) {
        if (conversation == null) {
            miss();
        } else if (conversation.isOpen()) {
            conversation.subscribe(subscription);
        }
    }

    void drop(Subscription subscription) {
        if (conversation != null && conversation.isOpen()) {
            conversation.unsubscribe(subscription);
        }
    }

    /// Whether a client waits for a node since a time that is too long.
    boolean isMissingTooLong(long now) {
        return missing && now - missingSince >= patience.withoutNode().toNanos();
    }

    /// All subscriptions run.
    void settled() {
        if (missing) {
            missing = false;
            settledAt = System.nanoTime();
        }
    }

    /// The node does not serve what it must: the next one.
    void moveOn() {
        if (conversation != null) {
            conversation.end();
            lost(conversation);
        }
    }

    /// Nothing is subscribed to any more. What comes later does not wait for what failed before.
    void end() {
        missing = false;
        failures = 0;
        tried.clear();
        if (next != null) {
            next.cancel(false);
            next = null;
        }
        if (conversation != null) {
            conversation.end();
            conversation = null;
        }
    }

    void opened() {
        if (conversation != null) {
            session.subscriptions().forEach(conversation::subscribe);
        }
    }

    void lost(Conversation lost) {
        if (lost != conversation) {
            return;
        }
        conversation = null;
        forgive();
        tried.add(lost.node().countsAs());
        session.subscriptions().forEach(Subscription::lost);
        if (!session.subscriptions().isEmpty()) {
            miss();
        }
    }

    /// A node that lasted was no failure: what happened before it does not count.
    private void forgive() {
        if (!missing && System.nanoTime() - settledAt >= patience.longestPause().toNanos()) {
            failures = 0;
            tried.clear();
        }
    }

    private void miss() {
        if (!missing) {
            missing = true;
            missingSince = System.nanoTime();
        }
        if (next == null) {
            next = loop.events().schedule(this::connect, pause(), TimeUnit.NANOSECONDS);
        }
    }

    private void connect() {
        next = null;
        failures++;
        var node = choice.draw(tried);
        if (node == null) {
            tried.clear(); // everybody had a turn, or nobody is there
            node = choice.draw(tried);
        }
        if (node == null) {
            miss();
        } else {
            conversation = new Conversation(loop, node, nodes, this);
        }
    }

    /// None at first; then doubling, each between a half and the whole, so that clients do not come all at once.
    private long pause() {
        if (failures == 0) {
            return 0;
        }
        var first = patience.firstPause().toNanos();
        var pause = Math.min(patience.longestPause().toNanos(), first << Math.min(failures - 1, MOST_DOUBLINGS));
        return pause / 2 + choice.jitter(pause / 2);
    }
}
