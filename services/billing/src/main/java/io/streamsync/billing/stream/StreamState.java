package io.streamsync.billing.stream;

/// How far a stream has been posted.
///
/// @param nextPosition of the record that is posted next
/// @param windowFrom where the stream's open window of settlement starts
/// @param unverified verifiers' shares of its races whose VERIFIED has not come yet, nano-USDC
public record StreamState(StreamId id, long nextPosition, long windowFrom, long unverified, boolean ended) {}
