package io.streamsync.protocol.score;

import java.time.Duration;
import java.time.Instant;

/// A mean whose observations fade by half-life, with a prior that does not (protocol, Reputation). Immutable.
///
/// @param sum decayed sum of the observed values
/// @param weight decayed number of observations, capped at 500
public record DecayedMean(double sum, double weight, Instant at) {

    public static final int CAP = 500;

    public static DecayedMean empty(Instant at) {
        return new DecayedMean(0, 0, at);
    }

    /// @param value in [0,1]
    public DecayedMean observe(double value, double count, Instant now, Duration halfLife) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// The mean with a prior of `priorCount` observations of `prior`.
    public double mean(double prior, double priorCount, Instant now, Duration halfLife) {
        throw new UnsupportedOperationException("skeleton");
    }
}
