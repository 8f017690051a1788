package io.streamsync.reputation.score;

import io.streamsync.protocol.score.DecayedMean;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The three scores with their half-lives and priors (protocol, Reputation).
enum Measure {
    PERFORMANCE(Duration.ofHours(1), 0.5),
    ACCURACY(Duration.ofDays(7), 0.8),
    UPTIME(Duration.ofDays(1), 0.5);

    /// Samples that a prior weighs.
    private static final double PRIOR_COUNT = 10;

    private static final int MILLION = 1_000_000;

    private final Duration halfLife;
    private final double prior;

    Measure(Duration halfLife, double prior) {
        this.halfLife = halfLife;
        this.prior = prior;
    }

    DecayedMean observe(DecayedMean mean, double value, double count, Instant at) {
        return mean.observe(value, count, at, halfLife);
    }

    /// The score in millionths; the prior alone where nothing was observed.
    int millionths(@Nullable DecayedMean mean, Instant now) {
        return toMillionths(mean == null ? prior : mean.mean(prior, PRIOR_COUNT, now, halfLife));
    }

    private static int toMillionths(double score) {
        return Math.toIntExact(Math.clamp(Math.round(score * MILLION), 0, MILLION));
    }
}
