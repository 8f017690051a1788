package io.streamsync.router.submission;

import org.jspecify.annotations.Nullable;

/// The race in which a transaction was accepted.
public record Accepted(
        String raceId,
        @Nullable String operatorId,
        @Nullable String nodeId) {}
