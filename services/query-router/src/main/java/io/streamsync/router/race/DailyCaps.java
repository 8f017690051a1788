package io.streamsync.router.race;

import io.streamsync.router.access.Credential;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// What keys with a daily cap have spent of it in the current UTC day. For now each router counts what it has charged
/// itself and forgets it at a restart: where there are several, a key may spend its cap at each of them.
public final class DailyCaps {

    private static final long DAY_MILLIS = 86_400_000;

    private final Map<String, Day> byKey = new ConcurrentHashMap<>();

    /// A query's part in its key's spending on that day.
    public Spending spending(Credential credential, long unixMillis) {
        var cap = credential.dailyCapNano();
        return cap.isEmpty()
                ? new Spending(new AtomicLong(), Long.MAX_VALUE)
                : new Spending(spent(credential.keyId(), unixMillis / DAY_MILLIS), cap.getAsLong());
    }

    /// Forgets what was spent on days before.
    void tidy(long unixMillis) {
        var today = unixMillis / DAY_MILLIS;
        byKey.values().removeIf(day -> day.number < today);
    }

    /// How many keys are remembered.
    int size() {
        return byKey.size();
    }

    /// Until a used up cap is whole again.
    static int secondsToTomorrow(long unixMillis) {
        return (int) Math.ceilDiv(DAY_MILLIS - unixMillis % DAY_MILLIS, 1_000L);
    }

    private AtomicLong spent(String keyId, long today) {
        var known = byKey.get(keyId);
        return known != null && known.number >= today
                ? known.spent
                : byKey.compute(keyId, (_, day) -> day != null && day.number >= today ? day : new Day(today)).spent;
    }

    private record Day(long number, AtomicLong spent) {

        Day(long number) {
            this(number, new AtomicLong());
        }
    }
}
