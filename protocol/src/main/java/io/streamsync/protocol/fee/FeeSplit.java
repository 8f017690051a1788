package io.streamsync.protocol.fee;

import io.streamsync.protocol.parameters.Parameters;

/// The shares of a fee, in nano-USDC; they add up to it (protocol, Fee).
public record FeeSplit(long operator, long verifiers, long stakers, long treasury) {

    public static FeeSplit of(long feeNano, Parameters parameters) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// The share of each of `count` verifiers; what the division leaves goes to the treasury.
    public long perVerifier(int count) {
        throw new UnsupportedOperationException("skeleton");
    }
}
