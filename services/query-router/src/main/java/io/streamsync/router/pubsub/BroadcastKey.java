package io.streamsync.router.pubsub;

import io.streamsync.protocol.draw.Terms;

/// What one broadcast is for: under other terms another node may have to serve the same.
record BroadcastKey(Subject subject, Terms terms) {}
