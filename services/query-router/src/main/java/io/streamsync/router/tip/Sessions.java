package io.streamsync.router.tip;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A session for each key that asks (protocol, Race: high-water slot), in this router's memory alone.
public final class Sessions {

    /// By then every node that is not failing has passed whatever the key has seen.
    private static final long IDLE_MILLIS = Duration.ofMinutes(2).toMillis();

    private final Map<String, Session> byKey = new ConcurrentHashMap<>();

    public Session of(String keyId) {
        var known = byKey.get(keyId);
        return known != null ? known : byKey.computeIfAbsent(keyId, _ -> new Session(Tips.millis()));
    }

    /// Forgets keys that ask no more.
    public void tidy(long now) {
        byKey.values().removeIf(session -> session.isIdle(now, IDLE_MILLIS));
    }

    /// How many keys are remembered.
    int size() {
        return byKey.size();
    }
}
