package io.streamsync.router.journal;

/// What the journal still holds of an earlier incarnation.
///
/// @param first the position of the first record that is still there
/// @param next the position after the last
public record RecoveredStream(Incarnation incarnation, long first, long next) {}
