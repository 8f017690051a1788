package io.streamsync.router.access;

import io.streamsync.router.access.LeaseAnswer.RateShare;
import io.streamsync.router.access.LeaseCall.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Among how many routers a rate cap is shared out right now. Billing is told twice a second which caps are used here;
/// while it has not said who else uses one, all live routers count. Safe for use by many threads; nobody waits.
public final class RateShares {

    /// Between two times that billing is told.
    private static final long TOLD_EVERY = Duration.ofMillis(500).toNanos();

    /// Billing counts a router that it has not heard of for 3 s no more: what it said is good for less.
    private static final long GOOD_FOR = Duration.ofSeconds(2).toNanos();

    private static final int MOST_AT_ONCE = 500;

    private final Map<String, Use> uses = new ConcurrentHashMap<>();
    private volatile int liveRouters = 1;

    /// Notes that the cap is used.
    ///
    /// @param keyId null for the account's cap
    /// @return how many routers share it
    public int routers(String accountId, @Nullable String keyId, long now) {
        var holder = keyId == null ? accountId : keyId;
        var known = uses.get(holder);
        var use = known == null ? uses.computeIfAbsent(holder, _ -> new Use(accountId, keyId, now)) : known;
        use.usedAt = now;
        return now - use.goodUntil < 0 ? use.routers : liveRouters;
    }

    /// What billing is to be told of now.
    List<Rate> due(long now) {
        return uses.values().stream()
                .filter(use -> use.isDue(now))
                .limit(MOST_AT_ONCE)
                .map(use -> use.told(now))
                .toList();
    }

    void answered(List<RateShare> shares, long askedAt) {
        for (var share : shares) {
            var use = uses.get(share.keyId() == null ? share.accountId() : share.keyId());
            if (use != null && share.routers() > 0) {
                use.routers = share.routers();
                use.goodUntil = askedAt + GOOD_FOR;
            }
        }
    }

    void live(int routers) {
        liveRouters = Math.max(1, routers);
    }

    void tidy(long now) {
        uses.values().removeIf(use -> now - use.usedAt > GOOD_FOR && now - use.goodUntil >= 0);
    }

    private static final class Use {

        private final Rate rate;
        private volatile long usedAt;
        private volatile long toldAt;
        private volatile long goodUntil;
        private volatile int routers = 1;

        Use(String accountId, @Nullable String keyId, long now) {
            rate = new Rate(accountId, keyId);
            usedAt = now;
            toldAt = now - TOLD_EVERY;
            goodUntil = now;
        }

        boolean isDue(long now) {
            return now - toldAt >= TOLD_EVERY && usedAt - toldAt > 0;
        }

        Rate told(long now) {
            toldAt = now;
            return rate;
        }
    }
}
