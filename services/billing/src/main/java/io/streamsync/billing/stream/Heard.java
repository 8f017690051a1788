package io.streamsync.billing.stream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What was heard last of a stream that may go on.
///
/// @param toldAt when its router called last, by the database's clock; null for a stream of an earlier start that the
///     router says it does not send. Says whether it was heard of again, not how long ago
/// @param nextPosition of the record that is posted next
public record Heard(StreamId stream, @Nullable Instant toldAt, long nextPosition) {}
