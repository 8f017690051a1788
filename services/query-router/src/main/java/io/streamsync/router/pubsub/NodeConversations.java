package io.streamsync.router.pubsub;

import io.streamsync.router.node.Loop;
import io.streamsync.router.node.Upstream;
import java.util.ArrayList;
import java.util.List;

/// The WebSockets to one node: one, and more where it carries as many subscriptions as nodes usually take.
final class NodeConversations {

    private final List<Conversation> open = new ArrayList<>();
    private final Loop loop;
    private final Upstream node;
    private final NodeAccess nodes;
    private final Suspects suspects;

    NodeConversations(Loop loop, Upstream node, NodeAccess nodes, Suspects suspects) {
        this.loop = loop;
        this.node = node;
        this.nodes = nodes;
        this.suspects = suspects;
    }

    boolean isUnused() {
        return open.isEmpty();
    }

    boolean carries(Subject subject) {
        return open.stream().anyMatch(conversation -> conversation.carries(subject));
    }

    void subscribe(Subject subject, Relay relay) {
        var conversation =
                open.stream().filter(one -> one.carries(subject)).findFirst().orElseGet(() -> newFor(subject));
        relay.on(conversation, conversation.subscribe(subject, relay, loop));
    }

    /// @return whether nobody is to be asked for it any more
    boolean suspect(Subject subject) {
        return suspects.lost(subject, System.nanoTime());
    }

    void answered(Subject subject) {
        suspects.answered(subject);
    }

    void opened() {
        nodes.choice().served(node.nodeId());
    }

    void lost(Conversation conversation, NodeLoss reason) {
        open.remove(conversation);
        nodes.choice().lost(node.nodeId(), reason);
    }

    /// Nobody needed it any more.
    void left(Conversation conversation) {
        open.remove(conversation);
    }

    boolean isPlausible(Notice notice) {
        return nodes.choice().isPlausible(notice.slot());
    }

    void end() {
        List.copyOf(open).forEach(Conversation::end);
        open.clear();
    }

    private Conversation newFor(Subject subject) {
        return suspects.is(subject, System.nanoTime()) ? another(true) : withRoom();
    }

    private Conversation withRoom() {
        for (var conversation : open) {
            if (!conversation.isForOne() && conversation.size() < nodes.mostPerConversation()) {
                return conversation;
            }
        }
        return another(false);
    }

    private Conversation another(boolean forOne) {
        var conversation = new Conversation(loop, node, nodes, this, forOne);
        open.add(conversation);
        return conversation;
    }
}
