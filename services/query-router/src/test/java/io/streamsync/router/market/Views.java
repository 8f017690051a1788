package io.streamsync.router.market;

import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.node.Upstream;
import java.util.List;
import java.util.Map;

/// Markets for tests.
public final class Views {

    private Views() {}

    public static MarketView of(MarketSnapshot snapshot, Map<NodeId, Upstream> upstreams) {
        return new MarketView(snapshot, upstreams, Census.of(List.of()), Parameters.defaults());
    }
}
