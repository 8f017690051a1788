package io.streamsync.router.pubsub;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What clients may hold open, and how it is spread over connections to nodes.
///
/// @param connections of all clients
/// @param connectionsPerKey of one key, unless its holder allows it less
/// @param subscriptionsPerConnection of one client's connection
/// @param subscriptionsPerNodeConnection of one connection to a node: providers of nodes take some hundred
///     to a thousand
@ConfigurationProperties("streamsync.router.pubsub")
record PubSubProperties(
        @DefaultValue("10000") int connections,
        @DefaultValue("100") int connectionsPerKey,
        @DefaultValue("1000") int subscriptionsPerConnection,
        @DefaultValue("500") int subscriptionsPerNodeConnection) {

    PubSubProperties {
        if (connections < 1
                || connectionsPerKey < 1
                || subscriptionsPerConnection < 1
                || subscriptionsPerNodeConnection < 1) {
            throw new IllegalArgumentException("the bounds of streamsync.router.pubsub are at least 1");
        }
    }
}
