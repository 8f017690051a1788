package io.streamsync.benchmarks.node;

import java.util.SplittableRandom;

/// How long a node takes for an answer. Seeded, so that every run has the same draws.
sealed interface Latency {

    /// The 99th percentile of the normal distribution, in standard deviations.
    double AT_99 = 2.3263;

    long nextNanos();

    /// `none`, `fixed MS`, or `log-normal P50 P99`.
    static Latency parse(String text, long seed) {
        var words = text.split(" ", -1);
        return switch (words[0]) {
            case "none" -> new Fixed(0);
            case "fixed" -> new Fixed(nanos(words[1]));
            case "log-normal" -> LogNormal.of(nanos(words[1]), nanos(words[2]), seed);
            default -> throw new IllegalArgumentException("none, fixed MS, or log-normal P50 P99");
        };
    }

    private static long nanos(String millis) {
        return (long) (Double.parseDouble(millis) * 1e6);
    }

    record Fixed(long nextNanos) implements Latency {}

    /// @param mu mean of the logarithm of the nanoseconds
    record LogNormal(double mu, double sigma, SplittableRandom random) implements Latency {

        static LogNormal of(long p50, long p99, long seed) {
            return new LogNormal(
                    Math.log((double) p50), Math.log((double) p99 / p50) / AT_99, new SplittableRandom(seed));
        }

        @Override
        public long nextNanos() {
            return (long) Math.exp(mu + sigma * random.nextGaussian());
        }
    }
}
