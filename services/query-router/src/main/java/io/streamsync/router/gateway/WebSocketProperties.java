package io.streamsync.router.gateway;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param port of WebSockets; without one, the port after the edge's, which is where Solana's clients look
@ConfigurationProperties("streamsync.router.web-socket")
record WebSocketProperties(@Nullable Integer port) {

    private static final int LAST_PORT = 65_535;

    WebSocketProperties {
        if (port != null && (port < 0 || port > LAST_PORT)) {
            throw new IllegalArgumentException("streamsync.router.web-socket.port is 0 to 65535");
        }
    }

    /// @param edge the edge's own; 0: any that is free, and so is this
    int portAfter(int edge) {
        if (port != null) {
            return port;
        }
        return edge == 0 ? 0 : edge + 1;
    }
}
