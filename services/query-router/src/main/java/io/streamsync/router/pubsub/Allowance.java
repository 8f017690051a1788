package io.streamsync.router.pubsub;

import io.streamsync.router.access.Credential;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What may be subscribed to: on one connection, by one key and by all clients together. Shared by all loops.
final class Allowance {

    /// What the subscriptions of one connection may take: a kilobyte for each of the usual number.
    private static final long MOST_KEPT = 1024 * 1024;

    private final Map<String, Integer> byKey = new ConcurrentHashMap<>();
    private final int mostPerConnection;
    private final Budget budget;

    /// @param mostPerConnection subscriptions of one connection
    /// @param budget what the subscriptions of all clients may take of the memory
    Allowance(int mostPerConnection, Budget budget) {
        this.mostPerConnection = mostPerConnection;
        this.budget = budget;
    }

    /// Null when one more is taken; then it counts until [#give].
    ///
    /// @param open how many the connection has
    /// @param kept what they take
    /// @param more what the new one takes
    @Nullable
    Refusal refusal(Credential credential, int open, long kept, int more) {
        if (open >= mostPerConnection || kept + more > MOST_KEPT) {
            return ownCap(mostPerConnection + " subscriptions of a connection, " + MOST_KEPT + " bytes");
        }
        var most = credential.maxSubscriptions();
        if (byKey.merge(credential.keyId(), 1, Integer::sum) > most.orElse(Integer.MAX_VALUE)) {
            giveBack(credential, 1);
            return ownCap(most.orElse(0) + " subscriptions of the key");
        }
        if (!budget.take(more)) {
            giveBack(credential, 1);
            return Refusal.of(RefusalCode.RATE_LIMITED).with("cause", "OVERLOAD");
        }
        return null;
    }

    /// @param subscriptions that are over
    /// @param kept what they took
    void give(Credential credential, int subscriptions, long kept) {
        budget.give(kept);
        giveBack(credential, subscriptions);
    }

    private void giveBack(Credential credential, int subscriptions) {
        byKey.computeIfPresent(credential.keyId(), (_, open) -> open <= subscriptions ? null : open - subscriptions);
    }

    private static Refusal ownCap(String limit) {
        return Refusal.of(RefusalCode.RATE_LIMITED).with("cause", "OWN_CAP").with("limit", limit);
    }
}
