package io.streamsync.protocol.market;

/// The life of a node in the market: `CHECKING -> PROBATION -> ACTIVE`, or out of it.
public enum NodeState {
    CHECKING,
    PROBATION,
    ACTIVE,
    FAILED,
    DRAINING,
    DELISTED;

    /// Whether a node in this state can be drawn at all.
    public boolean isListed() {
        return this == PROBATION || this == ACTIVE;
    }
}
