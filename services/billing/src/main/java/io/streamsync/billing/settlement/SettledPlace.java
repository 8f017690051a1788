package io.streamsync.billing.settlement;

/// Where a record is settled.
///
/// @param epoch of the window, which is later than the race's where its record came late
/// @param leaf its index
public record SettledPlace(long epoch, long leaf) {}
