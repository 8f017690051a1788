package io.streamsync.onboarding.operator;

import io.streamsync.onboarding.identity.Base58;

/// Where an operator is paid: any account of Solana, so it need not be a key that signs.
record PayoutAddress(String value) {

    private static final int SIZE = 32;

    /// @throws IllegalArgumentException saying what is wrong
    PayoutAddress {
        if (Base58.decode(value, SIZE).isEmpty()) {
            throw new IllegalArgumentException("is not Base58 of 32 bytes");
        }
    }
}
