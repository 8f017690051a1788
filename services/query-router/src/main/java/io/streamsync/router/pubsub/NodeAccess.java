package io.streamsync.router.pubsub;

import io.streamsync.router.node.NodeSockets;

/// How clients' subscriptions get to nodes.
///
/// @param mostPerConversation subscriptions on one WebSocket to a node
record NodeAccess(NodeSockets sockets, NodeChoice choice, Patience patience, int mostPerConversation) {}
