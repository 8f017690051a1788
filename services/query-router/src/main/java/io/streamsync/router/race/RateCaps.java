package io.streamsync.router.race;

import io.streamsync.router.access.Credential;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The holder's own caps, per key and per account, in queries per second. Each is one number, the time until which the
/// allowance is used up; a second's worth may come at once.
final class RateCaps {

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Map<String, AtomicLong> keys = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> accounts = new ConcurrentHashMap<>();

    boolean allows(Credential credential, long now) {
        if (!allows(keys, credential.keyId(), credential.rateCap(), now)) {
            return false;
        }
        if (allows(accounts, credential.accountId(), credential.accountRateCap(), now)) {
            return true;
        }
        giveBack(credential);
        return false;
    }

    /// Forgets whose whole allowance is there again: it is what the unknown have.
    void tidy(long now) {
        keys.values().removeIf(until -> until.get() - now <= 0);
        accounts.values().removeIf(until -> until.get() - now <= 0);
    }

    /// How many keys and accounts are remembered.
    int size() {
        return keys.size() + accounts.size();
    }

    /// What the account's cap refuses is not a query of the key's.
    private void giveBack(Credential credential) {
        var used = keys.get(credential.keyId());
        if (used != null && credential.rateCap().isPresent()) {
            used.addAndGet(-SECOND_NANOS / credential.rateCap().getAsInt());
        }
    }

    private static boolean allows(Map<String, AtomicLong> usedUntil, String holder, OptionalInt cap, long now) {
        if (cap.isEmpty()) {
            return true;
        }
        if (cap.getAsInt() <= 0) {
            return false;
        }
        var used = usedUntil.computeIfAbsent(holder, _ -> new AtomicLong(now));
        var share = SECOND_NANOS / cap.getAsInt();
        while (true) {
            var until = used.get();
            var next = (until - now < 0 ? now : until) + share;
            if (next - now > SECOND_NANOS) {
                return false;
            }
            if (used.compareAndSet(until, next)) {
                return true;
            }
        }
    }
}
