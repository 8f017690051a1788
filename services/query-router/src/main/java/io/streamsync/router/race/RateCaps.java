package io.streamsync.router.race;

import io.streamsync.router.access.Credential;
import io.streamsync.router.access.RateShares;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The holder's own caps, per key and per account, in queries per second: this router's share of them. Each is one
/// number, the time until which the allowance is used up; a second's worth may come at once.
final class RateCaps {

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Map<String, AtomicLong> keys = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> accounts = new ConcurrentHashMap<>();
    private final RateShares shares;

    RateCaps(RateShares shares) {
        this.shares = shares;
    }

    boolean allows(Credential credential, long now) {
        if (!allows(keys, credential.keyId(), credential.rateCap(), ofKey(credential, now), now)) {
            return false;
        }
        if (allows(accounts, credential.accountId(), credential.accountRateCap(), ofAccount(credential, now), now)) {
            return true;
        }
        giveBack(credential, now);
        return false;
    }

    /// Until one more query is allowed to whom none is now.
    long waitMillis(Credential credential, long now) {
        return Math.ceilDiv(Math.max(ofKey(credential, now), ofAccount(credential, now)), 1_000_000L);
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
    private void giveBack(Credential credential, long now) {
        var used = keys.get(credential.keyId());
        if (used != null && credential.rateCap().isPresent()) {
            used.addAndGet(-ofKey(credential, now));
        }
    }

    private long ofKey(Credential credential, long now) {
        var cap = credential.rateCap();
        return cap.isEmpty() ? 0 : share(cap, shares.routers(credential.accountId(), credential.keyId(), now));
    }

    private long ofAccount(Credential credential, long now) {
        var cap = credential.accountRateCap();
        return cap.isEmpty() ? 0 : share(cap, shares.routers(credential.accountId(), null, now));
    }

    /// What one query takes of a second, of each of the routers that share the cap.
    private static long share(OptionalInt cap, int routers) {
        return SECOND_NANOS * routers / Math.max(1, cap.orElse(1));
    }

    private static boolean allows(
            Map<String, AtomicLong> usedUntil, String holder, OptionalInt cap, long share, long now) {
        if (cap.isEmpty()) {
            return true;
        }
        if (cap.getAsInt() <= 0) {
            return false;
        }
        var used = usedUntil.computeIfAbsent(holder, _ -> new AtomicLong(now));
        while (true) {
            var until = used.get();
            var next = (until - now < 0 ? now : until) + share;
            if (next - now > Math.max(SECOND_NANOS, share)) {
                return false;
            }
            if (used.compareAndSet(until, next)) {
                return true;
            }
        }
    }
}
