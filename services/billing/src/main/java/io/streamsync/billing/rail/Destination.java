package io.streamsync.billing.rail;

import java.math.BigInteger;

/// Where money goes: an account of Solana, 32 bytes in Base58.
public record Destination(String value) {

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int BYTES = 32;

    /// Digits that 32 bytes take at most.
    private static final int LONGEST = 44;

    /// @throws IllegalArgumentException saying what is wrong
    public Destination {
        if (value.isEmpty() || value.length() > LONGEST || size(value) != BYTES) {
            throw new IllegalArgumentException("not an address of Solana: Base58 of 32 bytes");
        }
        if (value.chars().allMatch(digit -> digit == ALPHABET.charAt(0))) {
            throw new IllegalArgumentException("the address of Solana's system program, which nobody holds");
        }
    }

    /// How many bytes the text stands for; -1 when it is not Base58.
    private static int size(String text) {
        var number = BigInteger.ZERO;
        for (var index = 0; index < text.length(); index++) {
            var digit = ALPHABET.indexOf(text.charAt(index));
            if (digit < 0) {
                return -1;
            }
            number = number.multiply(BigInteger.valueOf(ALPHABET.length())).add(BigInteger.valueOf(digit));
        }
        return zeros(text) + (number.bitLength() + 7) / 8;
    }

    private static int zeros(String text) {
        var zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == ALPHABET.charAt(0)) {
            zeros++;
        }
        return zeros;
    }
}
