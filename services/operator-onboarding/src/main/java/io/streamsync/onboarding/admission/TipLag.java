package io.streamsync.onboarding.admission;

import io.streamsync.onboarding.admission.NodeClient.NodeReply;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// A node keeps up with the nodes that are listed.
@Component
class TipLag implements NodeCheck {

    static final long MOST_SLOTS = 128;

    private static final Map<String, String> CONFIRMED = Map.of("commitment", "confirmed");

    private final NodeClient client;
    private final Peers peers;

    TipLag(NodeClient client, Peers peers) {
        this.client = client;
        this.peers = peers;
    }

    @Override
    public AdmissionCheck check() {
        return AdmissionCheck.TIP_LAG;
    }

    @Override
    public Finding of(Portrait portrait) {
        var node = portrait.node();
        var tip = tip(peers.answersTo(node, "getSlot", CONFIRMED));
        return switch (client.ask(node.reach(), "getSlot", CONFIRMED)) {
            case NodeReply.Failure(var reason) ->
                new Finding.Failed("getSlot: " + reason + ".", "Let the node serve getSlot.");
            case NodeReply.Result said
            when !isSlot(said.value()) ->
                new Finding.Failed("getSlot is no slot.", "Let the node answer with its slot.");
            case NodeReply.Result said -> compare(said.value().asLong(), tip);
        };
    }

    private static Finding compare(long slot, Optional<Long> tip) {
        if (tip.isEmpty()) {
            return new Finding.Passed("The node is at slot " + slot + "; there is no other to compare it with.");
        }
        long behind = Math.max(0, tip.get() - slot);
        return behind <= MOST_SLOTS
                ? new Finding.Passed("The node is at slot " + slot + ", " + behind + " behind the market.")
                : new Finding.Failed(
                        "The node is at slot " + slot + ", " + behind + " behind the market; " + MOST_SLOTS
                                + " are allowed.",
                        "Let the node catch up with its cluster.");
    }

    /// The highest slot; of three and more the second highest, so that one node that lies keeps nobody out.
    static Optional<Long> tip(List<JsonNode> slots) {
        var known = slots.stream()
                .filter(TipLag::isSlot)
                .map(JsonNode::asLong)
                .sorted(Comparator.reverseOrder())
                .toList();
        return known.stream().skip(known.size() >= 3 ? 1 : 0).findFirst();
    }

    private static boolean isSlot(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0;
    }
}
