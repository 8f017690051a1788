package io.streamsync.reputation.listing;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.OperatorId;

/// A node as reputation knows it.
///
/// @param bondedStake of its operator, nano-STRM
public record Listing(NodeId nodeId, OperatorId operatorId, NodeState state, long bondedStake) {}
