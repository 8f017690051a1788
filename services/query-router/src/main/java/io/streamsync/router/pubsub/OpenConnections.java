package io.streamsync.router.pubsub;

import io.streamsync.router.access.Credential;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Who has how many connections. No account can take them all: each may have a part of what is free. Accounts without
/// credit, which cost nothing and of which anybody can have any number, share a small part of all, and where that is
/// full the one that is longest there makes room: it cannot be filled against those who have credit and have not yet
/// shown it.
final class OpenConnections {

    /// What an account may have however full it is, as long as there is room, and at most without credit.
    private static final int FEW = 5;

    /// Of what is free an account may have one in so many more.
    private static final int PART = 4;

    private static final int PART_WITHOUT_CREDIT = 10;

    private final int most;
    private final int mostPerKey;
    private final Map<String, Integer> byKey = new HashMap<>();
    private final Map<String, Integer> byAccount = new HashMap<>();
    private final SequencedMap<Object, Runnable> withoutCredit = new LinkedHashMap<>();
    private int all;

    OpenConnections(int most, int mostPerKey) {
        this.most = most;
        this.mostPerKey = mostPerKey;
    }

    /// Why there is no room; null when there is.
    synchronized @Nullable Refusal refusal(Credential credential, boolean hasCredit) {
        var ofKey = Math.min(mostPerKey, credential.maxConnections().orElse(mostPerKey));
        if (byKey.getOrDefault(credential.keyId(), 0) >= ofKey) {
            return Refusal.of(RefusalCode.RATE_LIMITED)
                    .with("cause", "OWN_CAP")
                    .with("limit", ofKey + " connections of a key");
        }
        var ofAccount = hasCredit ? Math.max(FEW, (most - all) / PART) : FEW;
        if (all >= most || byAccount.getOrDefault(credential.accountId(), 0) >= ofAccount) {
            return Refusal.of(RefusalCode.RATE_LIMITED)
                    .with("cause", "OVERLOAD")
                    .with("limit", hasCredit ? null : FEW + " connections of an account without credit");
        }
        return null;
    }

    /// @param connection whatever stands for it
    /// @param makeRoom ends it; called when others without credit need its place, not before this returns
    /// @return false when there is no room; else [#leave] must follow
    boolean enter(Credential credential, boolean hasCredit, Object connection, Runnable makeRoom) {
        Runnable displaced = null;
        synchronized (this) {
            if (refusal(credential, hasCredit) != null) {
                return false;
            }
            all++;
            byKey.merge(credential.keyId(), 1, Integer::sum);
            byAccount.merge(credential.accountId(), 1, Integer::sum);
            if (!hasCredit) {
                withoutCredit.put(connection, makeRoom);
                if (withoutCredit.size() > Math.max(1, most / PART_WITHOUT_CREDIT)) {
                    displaced = withoutCredit.pollFirstEntry().getValue();
                }
            }
        }
        if (displaced != null) {
            displaced.run();
        }
        return true;
    }

    /// Its account turned out to have credit.
    synchronized void hasCredit(Object connection) {
        withoutCredit.remove(connection);
    }

    synchronized void leave(Credential credential, Object connection) {
        all--;
        less(byKey, credential.keyId());
        less(byAccount, credential.accountId());
        withoutCredit.remove(connection);
    }

    private static void less(Map<String, Integer> open, String holder) {
        open.computeIfPresent(holder, (_, count) -> count <= 1 ? null : count - 1);
    }
}
