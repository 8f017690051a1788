package io.streamsync.router.gateway;

import io.streamsync.router.race.QuietLoops;
import java.time.Duration;

/// Edges with the patience that a test has.
final class Edges {

    static final int CONNECTIONS = 90;

    private Edges() {}

    static EdgeConnections connections(Duration request, Duration unread) {
        return new EdgeConnections(request, unread, new OpenSockets(CONNECTIONS), QuietLoops.watch(), () -> false);
    }
}
