package io.streamsync.onboarding.node;

import static java.util.stream.Collectors.toMap;

import io.streamsync.onboarding.node.AskController.AskView;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.QueryClass;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A node as its operator sees it.
///
/// @param admissibleAt from when on it is admitted with passed checks; null unless it is being checked
/// @param headers by name, without their values: those may be credentials
record NodeView(
        String nodeId,
        String operatorId,
        NodeState state,
        Instant since,
        @Nullable Instant admissibleAt,
        String endpoint,
        @Nullable String webSocketEndpoint,
        @Nullable String region,
        Map<String, String> headers,
        List<String> addresses,
        Map<String, AskView> asks,
        Instant createdAt) {

    private static final String HIDDEN = "********";

    static NodeView of(Node node, Map<QueryClass, Ask> asks, Duration admissionWait) {
        var reach = node.reach();
        var hidden = new TreeMap<String, String>();
        reach.headers().values().keySet().forEach(name -> hidden.put(name, HIDDEN));
        return new NodeView(
                node.id().value(),
                node.operatorId().value(),
                node.state(),
                node.since(),
                node.admissibleAt(admissionWait),
                reach.endpoint().toString(),
                reach.webSocket().map(URI::toString).orElse(null),
                node.region(),
                hidden,
                reach.addresses(),
                asks.entrySet().stream()
                        .collect(toMap(
                                entry -> entry.getKey().wireName(),
                                entry -> AskView.of(entry.getKey(), entry.getValue()))),
                node.createdAt());
    }
}
