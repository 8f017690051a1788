package io.streamsync.protocol.draw;

/// Why a router could not use a node that was drawn (protocol, Who is asked, 6).
public enum SkipReason {
    CIRCUIT_OPEN,
    CAPACITY,
    BEHIND,
    CREDIT
}
