package io.streamsync.protocol.fee;

import io.streamsync.protocol.parameters.Parameters;

/// The shares of a fee, in nano-USDC; they add up to it (protocol, Fee).
public record FeeSplit(long operator, long verifiers, long stakers, long treasury) {

    private static final long BASIS_POINTS = 10_000;

    public static FeeSplit of(long feeNano, Parameters parameters) {
        if (feeNano < 0) {
            throw new IllegalArgumentException("a fee is not negative");
        }
        var operator = share(feeNano, parameters.operatorShare());
        var verifiers = share(feeNano, parameters.verifiersShare());
        var stakers = share(feeNano, parameters.stakersShare());
        return new FeeSplit(operator, verifiers, stakers, feeNano - operator - verifiers - stakers);
    }

    /// The share of each of `count` verifiers; what the division leaves goes to the treasury.
    public long perVerifier(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("without a verifier the share goes to the insurance");
        }
        return verifiers / count;
    }

    // floor(fee * basisPoints / 10000) without leaving 64 bits, whatever the fee
    private static long share(long feeNano, int basisPoints) {
        return feeNano / BASIS_POINTS * basisPoints + feeNano % BASIS_POINTS * basisPoints / BASIS_POINTS;
    }
}
