package io.streamsync.router.pubsub;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// How many connections there are, of all clients and of each key.
final class OpenConnections {

    private final int most;
    private final int mostPerKey;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<String, Integer> byKey = new ConcurrentHashMap<>();

    OpenConnections(int most, int mostPerKey) {
        this.most = most;
        this.mostPerKey = mostPerKey;
    }

    boolean isFull() {
        return all.get() >= most;
    }

    boolean isFullFor(String keyId) {
        return byKey.getOrDefault(keyId, 0) >= mostPerKey;
    }

    /// @return false when there is no room; else [#leave] must follow
    boolean enter(String keyId) {
        if (all.incrementAndGet() > most) {
            all.decrementAndGet();
            return false;
        }
        if (byKey.merge(keyId, 1, Integer::sum) > mostPerKey) {
            leave(keyId);
            return false;
        }
        return true;
    }

    void leave(String keyId) {
        all.decrementAndGet();
        byKey.compute(keyId, (_, open) -> open == null || open <= 1 ? null : open - 1);
    }
}
