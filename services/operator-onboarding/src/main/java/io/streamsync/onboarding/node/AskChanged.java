package io.streamsync.onboarding.node;

import io.streamsync.protocol.market.NodeId;

/// A node's ask of a class was set or withdrawn, in the present transaction.
public record AskChanged(NodeId nodeId) {}
