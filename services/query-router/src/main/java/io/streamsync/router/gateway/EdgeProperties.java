package io.streamsync.router.gateway;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param connections of all clients on both ports; one network may have as many as are free
/// @param drain for how long at most a stopping router still answers, asking its clients to connect elsewhere; as long
/// as a load balancer takes to notice
@ConfigurationProperties("streamsync.router.edge")
record EdgeProperties(
        @DefaultValue("20000") int connections,
        @DefaultValue("2s") Duration drain) {

    EdgeProperties {
        if (connections < 1) {
            throw new IllegalArgumentException("streamsync.router.edge.connections is at least 1");
        }
        if (drain.isNegative()) {
            throw new IllegalArgumentException("streamsync.router.edge.drain is 0 or more");
        }
    }
}
