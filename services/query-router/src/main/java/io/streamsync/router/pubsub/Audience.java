package io.streamsync.router.pubsub;

import io.streamsync.router.pubsub.NodeChoice.Chosen;
import java.util.Arrays;

/// The subscriptions of one broadcast whose clients are served on one loop. Changed on the broadcasts' loop; what is
/// handed over names those who were there then.
final class Audience {

    private static final Subscription[] NOBODY = {};

    private final HandOver handOver;
    private Subscription[] subscriptions = NOBODY;

    Audience(HandOver handOver) {
        this.handOver = handOver;
    }

    boolean isEmpty() {
        return subscriptions.length == 0;
    }

    int size() {
        return subscriptions.length;
    }

    void add(Subscription subscription) {
        subscriptions = Arrays.copyOf(subscriptions, subscriptions.length + 1);
        subscriptions[subscriptions.length - 1] = subscription;
    }

    void remove(Subscription subscription) {
        var left = Arrays.stream(subscriptions).filter(one -> one != subscription);
        subscriptions = left.toArray(Subscription[]::new);
    }

    /// A node serves the broadcast: those who wait for it can be answered.
    void begins(Chosen node) {
        var all = subscriptions;
        handOver.pass(0, () -> {
            for (var subscription : all) {
                subscription.runs(node);
            }
        });
    }

    /// @return false when so much waits that nothing more should come for now
    boolean tell(Chosen node, Notice notice) {
        var all = subscriptions;
        return handOver.pass(notice.length(), () -> {
            for (var subscription : all) {
                subscription.notified(node, notice);
            }
        });
    }

    void refuse(byte[] message, int from, int to) {
        var all = subscriptions;
        handOver.pass(0, () -> {
            for (var subscription : all) {
                subscription.refused(message, from, to);
            }
        });
    }

    /// No node is to be asked for it any more.
    void giveUp() {
        var all = subscriptions;
        handOver.pass(0, () -> {
            for (var subscription : all) {
                subscription.unserved();
            }
        });
    }

    void end(CloseReason reason) {
        var all = subscriptions;
        handOver.pass(0, () -> {
            for (var subscription : all) {
                subscription.session().end(reason);
            }
        });
    }
}
