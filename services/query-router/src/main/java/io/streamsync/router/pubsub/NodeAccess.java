package io.streamsync.router.pubsub;

import io.streamsync.router.node.NodeSockets;

/// How clients' subscriptions get to nodes.
record NodeAccess(NodeSockets sockets, NodeChoice choice, Patience patience) {}
