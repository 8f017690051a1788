package io.streamsync.reputation.score;

/// What is counted and never fades.
enum Tally {
    /// Of a node, in races and to probes: until 200 it is on probation (protocol, Reputation).
    CONFIRMED_ANSWERS,
    /// Of an operator in a class: how often it stood on one side of a conflict (protocol, Verification).
    CONFLICTS
}
