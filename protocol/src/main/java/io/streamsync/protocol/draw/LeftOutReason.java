package io.streamsync.protocol.draw;

/// Why a node of the class was no candidate at all (protocol, Who is asked, 1).
public enum LeftOutReason {
    PRICE,
    LATENCY,
    EXCLUDED,
    ACCURACY,
    FLAGGED,
    PROBATION
}
