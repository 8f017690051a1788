package io.streamsync.router.pubsub;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One subscription at a node, on one WebSocket, and all who hear it.
final class Line {

    private final List<Relay> relays = new ArrayList<>();
    private final Subject subject;
    private @Nullable Long nodesId;

    Line(Subject subject) {
        this.subject = subject;
    }

    SubscriptionKind kind() {
        return subject.kind();
    }

    Subject subject() {
        return subject;
    }

    List<Relay> relays() {
        return List.copyOf(relays);
    }

    void add(Relay relay) {
        relays.add(relay);
    }

    void remove(Relay relay) {
        relays.remove(relay);
    }

    boolean isHeard() {
        return !relays.isEmpty();
    }

    /// The node's id for it; null until it has answered.
    @Nullable
    Long nodesId() {
        return nodesId;
    }

    void runs(long id) {
        nodesId = id;
    }

    byte[] toNode(long call) {
        var params = subject.params().equals("[]") ? "" : ",\"params\":" + subject.params();
        return ("{\"jsonrpc\":\"2.0\",\"id\":" + call + ",\"method\":\""
                        + subject.kind().subscribe() + '"' + params + '}')
                .getBytes(StandardCharsets.UTF_8);
    }
}
