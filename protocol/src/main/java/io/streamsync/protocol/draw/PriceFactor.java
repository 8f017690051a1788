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
    // the usual prices fit 64 bits, which is ten times as fast for thousands of asks
    private final boolean isSmall;
    private final long smallNumerator;

    PriceFactor(long medianNano, int gamma) {
        this.gamma = gamma;
        this.numerator = BigInteger.valueOf(medianNano).pow(gamma).multiply(BigInteger.valueOf(ONE));
        this.isSmall = numerator.bitLength() < Long.SIZE;
        this.smallNumerator = isSmall ? numerator.longValueExact() : 0;
    }

    long of(long askNano) {
        return Math.clamp(isSmall ? small(askNano) : large(askNano), LEAST, MOST);
    }

    private long small(long askNano) {
        var power = 1L;
        for (var i = 0; i < gamma; i++) {
            if (power > Long.MAX_VALUE / askNano) {
                return 0;
            }
            power *= askNano;
        }
        return smallNumerator / power;
    }

    private long large(long askNano) {
        return numerator
                .divide(BigInteger.valueOf(askNano).pow(gamma))
                .min(LONG)
                .longValueExact();
    }
}
