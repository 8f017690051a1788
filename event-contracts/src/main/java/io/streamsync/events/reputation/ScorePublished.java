package io.streamsync.events.reputation;

import io.streamsync.events.Event;
import java.time.Instant;
import java.util.Map;

/// A node's scores, in millionths; told again when they change.
///
/// @param performance by class name
/// @param accuracy of the node's operator
/// @param verifiedRaces confirmed answers of the node, ever
/// @param flagged whether the operator has an open outlier flag
public record ScorePublished(
        String eventId,
        Instant occurredAt,
        int schemaVersion,
        String nodeId,
        String operatorId,
        Map<String, Integer> performance,
        int accuracy,
        int uptime,
        long verifiedRaces,
        boolean flagged)
        implements Event {}
