package io.streamsync.router.pubsub;

import org.jspecify.annotations.Nullable;

/// What a node says on a WebSocket, with spans of its bytes.
sealed interface NodeMessage {

    static NodeMessage read(byte[] message) {
        return NodeMessageReader.read(message);
    }

    /// @param id of the call that it answers
    record Answer(long id, int from, int to) implements NodeMessage {}

    /// @param id of the call that it answers; null when the node could not read the call
    record Refusal(@Nullable Long id, int from, int to) implements NodeMessage {}

    /// @param subscription the node's own id, an unsigned number
    record Notification(long subscription, int from, int to) implements NodeMessage {}

    /// Nothing that a node should say.
    record Unreadable() implements NodeMessage {}
}
