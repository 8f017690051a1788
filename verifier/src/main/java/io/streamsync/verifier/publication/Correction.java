package io.streamsync.verifier.publication;

/// That a settlement gives back the fee of a race which an earlier window has.
///
/// @param window that has the race
public record Correction(String raceId, long window) {}
