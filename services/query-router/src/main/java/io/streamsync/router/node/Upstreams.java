package io.streamsync.router.node;

import io.streamsync.protocol.market.NodeId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// All nodes that this router knows. A node keeps its circuit and connections until its endpoint changes.
public final class Upstreams {

    private final Map<NodeId, Upstream> byId = new ConcurrentHashMap<>();

    /// The node with this endpoint.
    ///
    /// @param addresses checked IP addresses, the only ones that are connected to
    /// @param headers that the operator wants sent
    /// @throws IllegalArgumentException when the endpoint cannot be reached safely
    public Upstream listed(NodeId nodeId, String endpoint, List<String> addresses, Map<String, String> headers) {
        var wanted = NodeEndpoint.of(nodeId, endpoint, addresses, headers);
        return byId.compute(
                nodeId, (_, known) -> known != null && known.endpoint().equals(wanted) ? known : new Upstream(wanted));
    }

    public void unlisted(NodeId nodeId) {
        byId.remove(nodeId);
    }
}
