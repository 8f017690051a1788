package io.streamsync.events.router;

import io.streamsync.events.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A router's secret of an epoch: first its commitment alone, before the epoch starts; later the secret itself.
///
/// @param commitment SHA-256 of the secret, lower-case hex
/// @param secret lower-case hex; null until it is revealed
public record EpochSecret(
        String eventId,
        Instant occurredAt,
        int schemaVersion,
        String routerId,
        int incarnation,
        long epoch,
        String commitment,
        @Nullable String secret)
        implements Event {}
