package io.streamsync.router.node;

import io.streamsync.protocol.market.NodeId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// All nodes that this router knows. A node keeps its circuit and connections until its endpoint changes.
public final class Upstreams {

    private final Map<NodeId, Upstream> byId = new ConcurrentHashMap<>();

    /// The node with this endpoint.
    ///
    /// @param webSocketEndpoint null: on the port after the endpoint's; one that is not safe to reach is left out
    /// @param addresses checked IP addresses, the only ones that are connected to
    /// @param headers that the operator wants sent
    /// @throws IllegalArgumentException when the endpoint cannot be reached safely
    public Upstream listed(
            NodeId nodeId,
            String endpoint,
            @Nullable String webSocketEndpoint,
            List<String> addresses,
            Map<String, String> headers) {
        var http = NodeEndpoint.of(nodeId, endpoint, addresses, headers);
        var wanted = new Upstream(http, WebSocketEndpoint.of(webSocketEndpoint, endpoint, http, headers));
        return byId.compute(nodeId, (_, known) -> known != null && known.isReachedLike(wanted) ? known : wanted);
    }

    public Upstream listed(NodeId nodeId, String endpoint, List<String> addresses, Map<String, String> headers) {
        return listed(nodeId, endpoint, null, addresses, headers);
    }

    public void unlisted(NodeId nodeId) {
        byId.remove(nodeId);
    }
}
