package io.streamsync.protocol.draw;

import io.streamsync.protocol.record.RaceAddress;

/// The committed random numbers of one race. Not for use by two threads.
public final class RaceRandomness implements RandomNumbers {

    private RaceRandomness() {}

    /// @param secret the router's secret of the epoch, 32 bytes
    /// @param requestHash SHA-256 of the request's bytes
    public static RaceRandomness of(byte[] secret, RaceAddress address, byte[] requestHash) {
        throw new UnsupportedOperationException("skeleton");
    }

    @Override
    public long next(Label label) {
        throw new UnsupportedOperationException("skeleton");
    }
}
