package io.streamsync.onboarding.stake;

import io.streamsync.onboarding.identity.Base58;

/// Where withdrawn stake goes: any account of Solana.
record Destination(String value) {

    private static final int SIZE = 32;

    /// @throws IllegalArgumentException saying what is wrong
    Destination {
        if (Base58.decode(value, SIZE).isEmpty()) {
            throw new IllegalArgumentException("is not Base58 of 32 bytes");
        }
    }
}
