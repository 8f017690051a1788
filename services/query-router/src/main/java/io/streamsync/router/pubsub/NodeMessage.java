package io.streamsync.router.pubsub;

/// What a node says on a WebSocket, with spans of its bytes.
sealed interface NodeMessage {

    static NodeMessage read(byte[] message) {
        return NodeMessageReader.read(message);
    }

    /// @param id of the call that it answers
    record Answer(long id, int from, int to) implements NodeMessage {}

    record Refusal(long id, int from, int to) implements NodeMessage {}

    /// @param subscription the node's own id, an unsigned number
    record Notification(long subscription, int from, int to) implements NodeMessage {}

    /// Nothing that a node should say.
    record Unreadable() implements NodeMessage {}
}
