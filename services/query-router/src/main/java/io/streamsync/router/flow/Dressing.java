package io.streamsync.router.flow;

/// What a result goes out in.
///
/// @param head before the result
/// @param tail behind it
/// @param packed whether all of it is gzipped
@SuppressWarnings("ArrayRecordComponent") // written out, never compared
public record Dressing(byte[] head, byte[] tail, boolean packed) {}
