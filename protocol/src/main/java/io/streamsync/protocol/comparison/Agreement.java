package io.streamsync.protocol.comparison;

/// Whether a later answer says the same as the winner's.
public enum Agreement {
    AGREES,
    DISAGREES,
    UNJUDGED
}
