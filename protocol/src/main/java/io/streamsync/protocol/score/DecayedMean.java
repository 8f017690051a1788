package io.streamsync.protocol.score;

import java.time.Duration;
import java.time.Instant;

/// A mean whose observations fade by half-life, with a prior that does not (protocol, Reputation). Immutable.
///
/// @param sum decayed sum of the observed values
/// @param weight decayed number of observations, capped at 500
/// @param at the moment to which both are decayed
public record DecayedMean(double sum, double weight, Instant at) {

    /// A long good past must not buy one big lie.
    public static final int CAP = 500;

    public static DecayedMean empty(Instant at) {
        return new DecayedMean(0, 0, at);
    }

    /// An observation from before [#at] counts by its age, so that the order in which events arrive does not matter
    /// below the cap.
    ///
    /// @param value in [0,1]
    /// @param count how many observations this one is worth: a contradiction is two
    public DecayedMean observe(double value, double count, Instant now, Duration halfLife) {
        if (!(value >= 0 && value <= 1) || !(count >= 0 && count <= CAP)) {
            throw new IllegalArgumentException("an observation is 0 to 1, and worth 0 to " + CAP);
        }
        var latest = now.isAfter(at) ? now : at;
        var kept = remaining(at, latest, halfLife);
        var added = count * remaining(now, latest, halfLife);
        return new DecayedMean(sum * kept + value * added, weight * kept + added, latest).capped();
    }

    /// The mean with a prior of `priorCount` observations of `prior`.
    public double mean(double prior, double priorCount, Instant now, Duration halfLife) {
        var kept = remaining(at, now.isAfter(at) ? now : at, halfLife);
        return (sum * kept + prior * priorCount) / (weight * kept + priorCount);
    }

    private DecayedMean capped() {
        return weight <= CAP ? this : new DecayedMean(sum * CAP / weight, CAP, at);
    }

    private static double remaining(Instant from, Instant to, Duration halfLife) {
        return Math.pow(0.5, Duration.between(from, to).toMillis() / (double) halfLife.toMillis());
    }
}
