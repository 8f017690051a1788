package io.streamsync.reputation.listing;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import java.util.List;
import java.util.Map;

/// A node in the market with an ask, and how it is reached.
///
/// @param addresses the checked ones of its host: nothing else is connected to
/// @param headers that its operator wants sent; secret
public record SellingNode(
        NodeId nodeId, OperatorId operatorId, String endpoint, List<String> addresses, Map<String, String> headers) {

    public SellingNode {
        addresses = List.copyOf(addresses);
        headers = Map.copyOf(headers);
    }
}
