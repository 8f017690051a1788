package io.streamsync.router.pubsub;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Accounts whose credit is played.
final class ScriptedFunds implements Funds {

    private final Set<String> poor = ConcurrentHashMap.newKeySet();

    void areGone(String accountId) {
        poor.add(accountId);
    }

    @Override
    public boolean has(String accountId) {
        return !poor.contains(accountId);
    }

    @Override
    public void seek(String accountId, Runnable found) {}
}
