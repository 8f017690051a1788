package io.streamsync.protocol.parameters;

import java.time.Duration;
import java.util.Map;

/// The numbers of the rules with the names under which `GET /v1/network` publishes them.
/// A change is a new version; every race names the version it ran under.
public record Parameters(
        String version,
        Duration epoch,
        int racingPlaces,
        int checkingPlaces,
        Duration deadline,
        Duration nodeTimeout,
        Duration verificationWindow,
        long minimumStake,
        Duration unbonding,
        Duration growthWait,
        Duration hold,
        int operatorShare,
        int verifiersShare,
        int stakersShare,
        int explorationProbability,
        int accuracyThreshold,
        int probationAccuracyThreshold,
        int probationAnswers,
        int defaultCeilingFactor,
        int largeAnswer) {

    public static Parameters defaults() {
        throw new UnsupportedOperationException("skeleton");
    }

    /// These parameters with some replaced, as a version of its own.
    ///
    /// @param overrides by published name: durations as `5m`, `2s`, `200ms` or a number of ms; amounts as
    ///     decimal strings
    /// @throws IllegalArgumentException naming the parameter that is unknown or out of range
    public Parameters with(Map<String, ?> overrides) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// Name to value as published, in a fixed order.
    public Map<String, Object> published() {
        throw new UnsupportedOperationException("skeleton");
    }
}
