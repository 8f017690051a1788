package io.streamsync.onboarding.operator;

/// Why an operator is delisted, and so how it comes back.
public enum Delisting {
    /// Its stake is below the minimum: a deposit or a cancelled unbonding that reaches it lists it again.
    STAKE,
    /// It wants a pause: it says when that is over.
    WISH
}
