package io.streamsync.billing.stream;

import java.time.Instant;

/// When a router was heard of last.
///
/// @param stream of its latest start
/// @param seenAt by the database's clock; it says whether the router was heard of again, not how long ago
public record Heard(StreamId stream, Instant seenAt) {}
