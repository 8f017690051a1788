package io.streamsync.protocol.draw;

/// How far observed counts lie from the expected ones.
final class ChiSquare {

    private ChiSquare() {}

    static double of(long[] observed, double[] expectedShares) {
        var total = 0L;
        for (var count : observed) {
            total += count;
        }
        var sum = 0.0;
        for (var i = 0; i < observed.length; i++) {
            var expected = expectedShares[i] * total;
            sum += (observed[i] - expected) * (observed[i] - expected) / expected;
        }
        return sum;
    }

    /// What a fair draw exceeds about once in ten thousand times (Wilson-Hilferty).
    static double limit(int degreesOfFreedom) {
        var k = 2.0 / (9 * degreesOfFreedom);
        return degreesOfFreedom * Math.pow(1 - k + 3.719 * Math.sqrt(k), 3);
    }
}
