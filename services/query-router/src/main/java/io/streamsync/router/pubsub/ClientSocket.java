package io.streamsync.router.pubsub;

import io.streamsync.router.node.Loop;

/// A client's WebSocket, as far as subscriptions need it. Used on its loop only.
public interface ClientSocket {

    /// The loop that the client is served on.
    Loop loop();

    /// @return false when too much waits for the client already: the message was not taken
    boolean send(Outgoing message);

    void ping();

    /// Says why, and hangs up whether or not the client hears it.
    void close(CloseReason reason);
}
