package io.streamsync.verifier.publication;

/// A leaf of a settlement: the public part of the record at a position of a stream.
///
/// @param bytes never changed
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PublishedLeaf(StreamName stream, long position, byte[] bytes) {}
