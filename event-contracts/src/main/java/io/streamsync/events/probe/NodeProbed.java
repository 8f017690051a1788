package io.streamsync.events.probe;

import io.streamsync.events.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a node answered a liveness probe (protocol, Reputation: uptime).
///
/// @param prober who asked: `reputation`, or `router:{id}`
/// @param round numbers the prober's rounds: unix milliseconds over the interval between probes, rounded down; a round
/// in
///     which under half of all operators answered is void
/// @param latencyMicros to the first byte of the answer's body; null when none came
/// @param slot that the node had reached at commitment `processed`; null when it did not say
public record NodeProbed(
        String eventId,
        Instant occurredAt,
        int schemaVersion,
        String prober,
        long round,
        String nodeId,
        String operatorId,
        boolean answered,
        @Nullable Long latencyMicros,
        @Nullable Long slot)
        implements Event {}
