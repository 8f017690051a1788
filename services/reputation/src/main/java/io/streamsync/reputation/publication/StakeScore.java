package io.streamsync.reputation.publication;

import java.math.BigInteger;

/// `clamp(bonded stake / minimum stake, 1, 100)` (protocol, Who is asked, 2).
///
/// @param minimumStake nano-STRM
record StakeScore(long minimumStake) {

    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
    private static final BigInteger LEAST = MILLION;
    private static final BigInteger MOST = MILLION.multiply(BigInteger.valueOf(100));

    StakeScore {
        if (minimumStake <= 0) {
            throw new IllegalArgumentException("the minimum stake is an amount");
        }
    }

    /// @param bondedStake nano-STRM
    long millionths(long bondedStake) {
        var ratio = BigInteger.valueOf(bondedStake).multiply(MILLION).divide(BigInteger.valueOf(minimumStake));
        return ratio.max(LEAST).min(MOST).longValueExact();
    }
}
