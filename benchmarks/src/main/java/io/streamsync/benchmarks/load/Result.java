package io.streamsync.benchmarks.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/// What came of a run of load.
///
/// @param latencies of all answers with status 200, in microseconds
/// @param failed answers with another status, and requests whose connection broke
/// @param complaint what the first of them said; empty when there is none
public record Result(Histogram latencies, long failed, String complaint, Duration elapsed) {

    public long answered() {
        return latencies.getTotalCount();
    }

    public double perSecond() {
        return answered() * 1e9 / elapsed.toNanos();
    }

    public double millisAt(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1000.0;
    }
}
