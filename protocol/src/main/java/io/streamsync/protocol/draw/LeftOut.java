package io.streamsync.protocol.draw;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;

/// A node that sells the class but was no candidate, and why.
public record LeftOut(NodeId nodeId, OperatorId operatorId, LeftOutReason reason) {}
