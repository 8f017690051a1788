package io.streamsync.onboarding.admission;

import io.streamsync.onboarding.admission.NodeClient.NodeReply;
import io.streamsync.onboarding.node.Node;
import io.streamsync.onboarding.node.Nodes;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// What listed nodes say to a question, to compare a newcomer with.
@Component
class Peers {

    /// One node of each: enough for a majority, little work for the market.
    private static final int OPERATORS = 5;

    private final Nodes nodes;
    private final NodeClient client;
    private final AtOnce atOnce;

    Peers(Nodes nodes, NodeClient client, AtOnce atOnce) {
        this.nodes = nodes;
        this.client = client;
        this.atOnce = atOnce;
    }

    /// What others than the newcomer say; in the market's first days perhaps another node of its own operator.
    List<JsonNode> answersTo(Node newcomer, String method, Object... params) {
        return answers(listed(newcomer), method, params);
    }

    /// What other operators than the newcomer's say.
    List<JsonNode> answersOfOthers(Node newcomer, String method, Object... params) {
        var others = listed(newcomer).stream()
                .filter(node -> !node.operatorId().equals(newcomer.operatorId()))
                .toList();
        return answers(others, method, params);
    }

    private List<Node> listed(Node newcomer) {
        return nodes.sampleListed(OPERATORS + 1).stream()
                .filter(node -> !node.id().equals(newcomer.id()))
                .limit(OPERATORS)
                .toList();
    }

    private List<JsonNode> answers(List<Node> peers, String method, Object... params) {
        return atOnce.all(peers, peer -> client.ask(peer.reach(), method, params)).stream()
                .filter(NodeReply.Result.class::isInstance)
                .map(reply -> ((NodeReply.Result) reply).value())
                .toList();
    }
}
