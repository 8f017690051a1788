package io.streamsync.router.node;

/// Told what happens on one WebSocket to a node, on its loop and never before [NodeSockets#connect] returns.
public interface SocketListener {

    /// The node took the handshake: from here on it can be written to.
    void opened();

    /// @param message one whole message
    void received(byte[] message);

    /// Something came, if only a part of a message or a pong.
    void alive();

    /// It is over, or it never began. Told once, and not at all after [NodeSocket#close].
    void closed();
}
