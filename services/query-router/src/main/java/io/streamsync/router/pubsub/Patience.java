package io.streamsync.router.pubsub;

import java.time.Duration;

/// How long what may take before the router acts.
///
/// @param look between two looks at what may have changed
/// @param quiet without anything from the other side until it is pinged
/// @param silence without anything from the other side until it is taken for dead
/// @param answer of a node to a subscription
/// @param withoutNode until a client that could not be served is told so
/// @param unused until a node's connection is closed that no subscription needs
/// @param firstPause between two nodes that could not be reached; doubled each time
/// @param longestPause between two nodes
record Patience(
        Duration look,
        Duration quiet,
        Duration silence,
        Duration answer,
        Duration withoutNode,
        Duration unused,
        Duration firstPause,
        Duration longestPause) {

    /// A revoked key has two seconds (public interfaces, Style); what falls silent is noticed within 30 seconds.
    static Patience of(Duration nodeTimeout) {
        return new Patience(
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                nodeTimeout,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofMillis(100),
                Duration.ofSeconds(5));
    }
}
