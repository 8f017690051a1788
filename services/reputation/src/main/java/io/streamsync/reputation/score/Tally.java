package io.streamsync.reputation.score;

/// What is counted and never fades.
enum Tally {
    /// Of a node: until 200 it is on probation (protocol, Reputation).
    CONFIRMED_ANSWERS,
    /// Of an operator in a class: what outlier flags look at (protocol, Verification).
    CONFLICTS
}
