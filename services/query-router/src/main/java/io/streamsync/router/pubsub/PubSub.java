package io.streamsync.router.pubsub;

import io.streamsync.router.access.Credential;
import io.streamsync.router.access.Credential.Scope;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes clients' WebSockets: who may connect, and everybody who is connected.
public final class PubSub {

    private static final Duration LOOK = Duration.ofMillis(10);

    private final Set<ClientSession> open = ConcurrentHashMap.newKeySet();
    private final Function<String, @Nullable Credential> keys;
    private final OpenConnections connections;
    private final int connectionsPerKey;
    private final Allowance allowance;
    private final NodeAccess nodes;
    private final SeenSlots seen;
    private volatile boolean closing;

    PubSub(
            Function<String, @Nullable Credential> keys,
            PubSubProperties properties,
            Budget budget,
            NodeAccess nodes,
            SeenSlots seen) {
        this.keys = keys;
        this.connections = new OpenConnections(properties.connections(), properties.connectionsPerKey());
        this.connectionsPerKey = properties.connectionsPerKey();
        this.allowance = new Allowance(properties.subscriptionsPerConnection(), budget);
        this.nodes = nodes;
        this.seen = seen;
    }

    /// Why the holder of this key may not connect now; null when it may.
    public @Nullable Refusal refusal(String key) {
        var credential = credential(key);
        if (credential == null) {
            return Refusal.of(RefusalCode.INVALID_KEY);
        }
        if (connections.isFullFor(credential.keyId())) {
            return Refusal.of(RefusalCode.RATE_LIMITED)
                    .with("cause", "OWN_CAP")
                    .with("limit", connectionsPerKey + " connections of a key");
        }
        if (connections.isFull()) {
            return Refusal.of(RefusalCode.RATE_LIMITED).with("cause", "OVERLOAD");
        }
        return closing ? Refusal.of(RefusalCode.UNAVAILABLE) : null;
    }

    /// The handshake is done; must be called on the socket's loop. Null when there is no room any more: then the socket
    /// is closed.
    public @Nullable ClientSession connected(String key, ClientSocket socket) {
        var credential = credential(key);
        if (credential == null || !connections.enter(credential.keyId())) {
            socket.close(credential == null ? CloseReason.KEY_REVOKED : CloseReason.FULL);
            return null;
        }
        var keyId = credential.keyId();
        var session = new ClientSession(socket, keyId, () -> credential(key) != null, allowance, nodes, seen, ended -> {
            open.remove(ended);
            connections.leave(keyId);
        });
        open.add(session);
        if (closing) {
            session.end(CloseReason.GOING_AWAY);
        }
        return session;
    }

    /// Takes nobody any more and tells all who are connected to go.
    ///
    /// @param patience until all are told
    public void close(Duration patience) {
        closing = true;
        open.forEach(ClientSession::goAway);
        var until = System.nanoTime() + patience.toNanos();
        while (!open.isEmpty() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private @Nullable Credential credential(String key) {
        var credential = keys.apply(key);
        return credential != null && credential.scope() == Scope.QUERY ? credential : null;
    }
}
