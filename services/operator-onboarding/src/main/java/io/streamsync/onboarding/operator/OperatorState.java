package io.streamsync.onboarding.operator;

/// The life of an operator: `REGISTERED -> STAKED -> ACTIVE -> EXITING -> EXITED`, or delisted.
public enum OperatorState {
    REGISTERED,
    STAKED,
    ACTIVE,
    EXITING,
    EXITED,
    DELISTED
}
