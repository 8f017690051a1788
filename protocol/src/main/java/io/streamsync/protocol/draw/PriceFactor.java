package io.streamsync.protocol.draw;

import java.math.BigInteger;

/// `(median ask / this ask)^gamma` in 1/65536, rounded down and clamped to [1/64, 64], in exact integers: a double
/// would round differently in another language.
final class PriceFactor {

    static final long ONE = 1 << 16;

    private static final long LEAST = ONE / 64;
    private static final long MOST = ONE * 64;
    private static final BigInteger LONG = BigInteger.valueOf(Long.MAX_VALUE);

    private final int gamma;
    private final BigInteger numerator;

    PriceFactor(long medianNano, int gamma) {
        this.gamma = gamma;
        this.numerator = BigInteger.valueOf(medianNano).pow(gamma).multiply(BigInteger.valueOf(ONE));
    }

    long of(long askNano) {
        if (gamma == 0) {
            return ONE;
        }
        var factor = numerator.divide(BigInteger.valueOf(askNano).pow(gamma));
        return Math.clamp(factor.min(LONG).longValueExact(), LEAST, MOST);
    }
}
