package io.streamsync.events.router;

import io.streamsync.events.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A snapshot that a router works from.
///
/// @param hash SHA-256 of the canonical form, lower-case hex
/// @param canonical the canonical form itself (RFC 8785); null when only the reference is told
public record SnapshotTaken(
        String eventId,
        Instant occurredAt,
        int schemaVersion,
        String routerId,
        int incarnation,
        long epoch,
        String hash,
        @Nullable String canonical)
        implements Event {

    /// What one may take as JSON: twice the 16 MiB of a canonical form that whoever verifies reads, as each of
    /// its quotes is escaped. A listed operator takes about a kilobyte.
    public static final int LARGEST_BYTES = 32 * 1024 * 1024;
}
