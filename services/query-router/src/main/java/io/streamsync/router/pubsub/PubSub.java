package io.streamsync.router.pubsub;

import io.streamsync.protocol.draw.Terms;
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
    private final Funds funds;
    private final Allowance allowance;
    private final Broadcasts broadcasts;
    private final Meter meter;
    private final SeenSlots seen;
    private volatile boolean closing;

    PubSub(
            Function<String, @Nullable Credential> keys,
            OpenConnections connections,
            Funds funds,
            Allowance allowance,
            Broadcasts broadcasts,
            Meter meter,
            SeenSlots seen) {
        this.keys = keys;
        this.connections = connections;
        this.funds = funds;
        this.allowance = allowance;
        this.broadcasts = broadcasts;
        this.meter = meter;
        this.seen = seen;
    }

    /// Why the holder of this key may not connect now; null when it may.
    public @Nullable Refusal refusal(String key) {
        var credential = credential(key);
        if (credential == null) {
            return Refusal.of(RefusalCode.INVALID_KEY);
        }
        if (closing) {
            return Refusal.of(RefusalCode.UNAVAILABLE);
        }
        return connections.refusal(credential, funds.has(credential.accountId()));
    }

    /// What the key allows; null when it opens nothing here.
    public @Nullable Credential credential(String key) {
        var credential = keys.apply(key);
        return credential != null && credential.scope() == Scope.QUERY ? credential : null;
    }

    /// The handshake is done; must be called on the socket's loop. Null when there is no room any more: then the socket
    /// is closed.
    ///
    /// @param wish the terms of its subscriptions under what the key allows now
    public @Nullable ClientSession connected(String key, Function<Credential, Terms> wish, ClientSocket socket) {
        var credential = credential(key);
        if (credential == null) {
            socket.close(CloseReason.KEY_REVOKED);
            return null;
        }
        var session = enter(credential, new Holder(() -> credential(key), wish), socket);
        if (session == null) {
            socket.close(CloseReason.FULL);
        } else if (closing) {
            session.end(CloseReason.GOING_AWAY);
        }
        return session;
    }

    /// Takes nobody any more and tells all who are connected to go.
    ///
    /// @param patience until all are told
    public void close(Duration patience) {
        closing = true;
        open.forEach(session -> session.endLater(CloseReason.GOING_AWAY));
        var until = System.nanoTime() + patience.toNanos();
        while (!open.isEmpty() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private @Nullable ClientSession enter(Credential credential, Holder holder, ClientSocket socket) {
        var account = credential.accountId();
        var hasCredit = funds.has(account);
        var session = new ClientSession(socket, holder, credential, allowance, broadcasts, meter, seen, ended -> {
            if (open.remove(ended)) {
                connections.leave(credential, ended);
            }
        });
        if (!connections.enter(credential, hasCredit, session, () -> session.endLater(CloseReason.FULL))) {
            session.closed();
            return null;
        }
        open.add(session);
        if (!hasCredit) {
            funds.seek(account, () -> connections.hasCredit(session));
        }
        return session;
    }
}
