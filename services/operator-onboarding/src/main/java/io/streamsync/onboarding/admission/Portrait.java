package io.streamsync.onboarding.admission;

import io.streamsync.onboarding.admission.NodeClient.NodeReply;
import io.streamsync.onboarding.node.Node;
import org.jspecify.annotations.Nullable;

/// What a node says of itself in a round of checks.
///
/// @param node with its addresses and identity as they are now
record Portrait(Node node, NodeReply genesisHash) {

    private static final int LONGEST_IDENTITY = 64;

    static Portrait of(Node node, NodeClient client) {
        var identity = client.ask(node.reach(), "getIdentity");
        return new Portrait(node.seen(node.reach(), text(identity)), client.ask(node.reach(), "getGenesisHash"));
    }

    /// Empty when the node named none.
    String genesisHashText() {
        return genesisHash instanceof NodeReply.Result said ? said.value().asString("") : "";
    }

    private static @Nullable String text(NodeReply identity) {
        if (identity instanceof NodeReply.Result said) {
            var text = said.value().path("identity").asString("");
            return text.matches("[1-9A-Za-z]{1," + LONGEST_IDENTITY + "}") ? text : null;
        }
        return null;
    }
}
