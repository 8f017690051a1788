package io.streamsync.protocol.verification;

/// What is known of a race's answer (protocol, Verification).
public enum RaceStatus {
    PENDING,
    CONFIRMED,
    UNVERIFIED,
    CONTRADICTED,
    DISPUTED,
    CONVICTED,
    UPHELD,
    INCONCLUSIVE,
    NO_ANSWER
}
