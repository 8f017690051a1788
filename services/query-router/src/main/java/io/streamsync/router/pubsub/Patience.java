package io.streamsync.router.pubsub;

import io.streamsync.protocol.parameters.Parameters;
import java.time.Duration;

/// How long what may take before the router acts.
///
/// @param look between two looks at what may have changed
/// @param quiet without anything from a client until it is pinged
/// @param silence without anything from a client until it is taken for dead
/// @param nodeQuiet the same of a node
/// @param nodeSilence the same of a node
/// @param answer of a node to a subscription
/// @param withoutNode until a client that could not be served is told so
/// @param unused until a node's connection is closed that no subscription needs
/// @param overlap after so long beside another, a node has told whatever the other has
/// @param gap until clients are told that something is missing that no node tells
/// @param behind until a node that tells less than others is left
/// @param slotLag how many slots a node may tell less
/// @param firstPause between two nodes that could not be reached; doubled each time
/// @param longestPause between two nodes
record Patience(
        Duration look,
        Duration quiet,
        Duration silence,
        Duration nodeQuiet,
        Duration nodeSilence,
        Duration answer,
        Duration withoutNode,
        Duration unused,
        Duration overlap,
        Duration gap,
        Duration behind,
        int slotLag,
        Duration firstPause,
        Duration longestPause) {

    /// How long the first node may take before a second one is asked: a part of what it may take at the most.
    Duration first() {
        return answer.dividedBy(4);
    }

    /// A revoked key has two seconds (public interfaces, Style); a node that falls silent is noticed within ten.
    static Patience of(Parameters parameters) {
        var lag = parameters.slotTime().multipliedBy(parameters.slotLag());
        return new Patience(
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                parameters.nodeTimeout(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                lag,
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                parameters.slotLag(),
                Duration.ofMillis(100),
                Duration.ofSeconds(5));
    }
}
