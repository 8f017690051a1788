package io.streamsync.router.gateway;

import io.streamsync.router.pubsub.PubSub;
import java.net.InetSocketAddress;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The port of WebSockets, beside the edge's own and at its address.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebSocketProperties.class)
class WebSocketConfiguration {

    /// Boot's default.
    private static final int EDGE_PORT = 8080;

    @Bean
    WebSocketServer webSocketServer(
            WebSocketEdge edge,
            PubSub pubSub,
            EdgeConnections connections,
            WebSocketProperties properties,
            ServerProperties server) {
        var port = properties.portAfter(server.getPort() == null ? EDGE_PORT : server.getPort());
        var address = server.getAddress() == null
                ? new InetSocketAddress(port)
                : new InetSocketAddress(server.getAddress(), port);
        return new WebSocketServer(edge, pubSub, connections, address);
    }
}
