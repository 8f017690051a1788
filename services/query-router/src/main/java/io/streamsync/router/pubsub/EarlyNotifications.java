package io.streamsync.router.pubsub;

import java.util.ArrayList;
import java.util.List;

/// What a node tells of subscriptions before it has answered them: a signature's fate is told only once.
final class EarlyNotifications {

    /// A node that answers late has told little until then.
    private static final int MOST = 256 * 1024;

    private final List<Early> kept = new ArrayList<>();
    private int bytes;

    void keep(Early notification) {
        if (bytes + notification.message().length <= MOST) {
            kept.add(notification);
            bytes += notification.message().length;
        }
    }

    /// In the order in which they came; they are kept no longer.
    ///
    /// @param subscription the node's id, which is known now
    List<Early> take(long subscription) {
        var taken = kept.stream()
                .filter(early -> early.subscription() == subscription)
                .toList();
        kept.removeAll(taken);
        taken.forEach(early -> bytes -= early.message().length);
        return taken;
    }

    void clear() {
        kept.clear();
        bytes = 0;
    }

    @SuppressWarnings("ArrayRecordComponent") // passed on as it is, never compared
    record Early(long subscription, byte[] message, int from, int to) {}
}
