package io.streamsync.onboarding.identity;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/// Base58 as Solana writes keys, hashes and signatures.
public final class Base58 {

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());

    private Base58() {}

    public static String encode(byte[] bytes) {
        var reversed = new StringBuilder();
        for (var rest = new BigInteger(1, bytes); rest.signum() > 0; rest = rest.divide(BASE)) {
            reversed.append(ALPHABET.charAt(rest.mod(BASE).intValue()));
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            reversed.append(ALPHABET.charAt(0));
        }
        return reversed.reverse().toString();
    }

    /// The bytes; none when the text is not Base58 of exactly `size` bytes.
    public static Optional<byte[]> decode(String text, int size) {
        if (text.length() > 2 * size) { // a byte takes 1.37 digits: do not multiply what cannot fit
            return Optional.empty();
        }
        var number = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        return withZeros(number, leadingZeros(text), size);
    }

    private static int leadingZeros(String text) {
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == ALPHABET.charAt(0)) {
            zeros++;
        }
        return zeros;
    }

    private static Optional<byte[]> withZeros(BigInteger number, int zeros, int size) {
        int magnitude = (number.bitLength() + 7) / 8;
        if (zeros + magnitude != size) {
            return Optional.empty();
        }
        var raw = number.toByteArray(); // may carry a sign byte
        var bytes = new byte[size];
        System.arraycopy(Arrays.copyOfRange(raw, raw.length - magnitude, raw.length), 0, bytes, zeros, magnitude);
        return Optional.of(bytes);
    }
}
