package io.streamsync.router.pubsub;

import java.util.LinkedHashMap;
import java.util.Map;

/// What was told of which account or transaction, as far back as nodes may be apart.
final class Told {

    /// What a busy chain does in ten seconds.
    private static final int MOST = 65_536;

    private final Map<Long, Long> slots = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MOST;
        }
    };

    /// Notes it when it was not told before.
    boolean isFirst(long identity, long slot) {
        return slots.putIfAbsent(identity, slot) == null;
    }

    /// Notes it when nothing as new was told before.
    boolean isNewer(long identity, long slot) {
        var known = slots.get(identity);
        if (known != null && known >= slot) {
            return false;
        }
        slots.remove(identity); // so that what is told often is not the eldest
        slots.put(identity, slot);
        return true;
    }
}
