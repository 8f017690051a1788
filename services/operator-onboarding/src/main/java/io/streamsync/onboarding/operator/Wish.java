package io.streamsync.onboarding.operator;

/// What an operator may want to be, of its own will.
enum Wish {
    /// In the market, or back in it.
    ACTIVE,
    /// Out for a while; the stake stays where it is.
    DELISTED,
    /// Out for good: nodes drain, all stake unbonds.
    EXITING
}
