package io.streamsync.protocol.draw;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;

/// A node that was drawn but could not be used.
public record Skipped(NodeId nodeId, OperatorId operatorId, SkipReason reason) {}
