package io.streamsync.router.pubsub;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What clients may hold open.
///
/// @param connections of all clients
/// @param connectionsPerKey of one key
/// @param subscriptionsPerConnection of one connection
@ConfigurationProperties("streamsync.router.pubsub")
record PubSubProperties(
        @DefaultValue("10000") int connections,
        @DefaultValue("100") int connectionsPerKey,
        @DefaultValue("1000") int subscriptionsPerConnection) {

    PubSubProperties {
        if (connections < 1 || connectionsPerKey < 1 || subscriptionsPerConnection < 1) {
            throw new IllegalArgumentException("the bounds of streamsync.router.pubsub are at least 1");
        }
    }
}
