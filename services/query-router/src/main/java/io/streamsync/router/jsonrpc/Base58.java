package io.streamsync.router.jsonrpc;

import java.math.BigInteger;
import java.util.Arrays;

/// Bitcoin's base 58, in which Solana writes addresses and signatures.
public final class Base58 {

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());
    private static final int CHUNK = 10;
    private static final long[] POWERS = powers();

    private Base58() {}

    public static String encode(byte[] bytes, int from, int length) {
        var number = new BigInteger(1, bytes, from, length);
        var text = new StringBuilder();
        while (number.signum() > 0) {
            var parts = number.divideAndRemainder(BASE);
            text.append(ALPHABET.charAt(parts[1].intValue()));
            number = parts[0];
        }
        for (var i = from; i < from + length && bytes[i] == 0; i++) {
            text.append(ALPHABET.charAt(0));
        }
        return text.reverse().toString();
    }

    /// @throws IllegalArgumentException when the text is not base 58
    public static byte[] decode(String text) {
        var number = BigInteger.ZERO;
        for (var at = 0; at < text.length(); at += CHUNK) {
            var end = Math.min(text.length(), at + CHUNK);
            number = number.multiply(BigInteger.valueOf(POWERS[end - at]))
                    .add(BigInteger.valueOf(digits(text, at, end)));
        }
        var zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == ALPHABET.charAt(0)) {
            zeros++;
        }
        var magnitude = number.signum() == 0 ? new byte[0] : unsigned(number.toByteArray());
        var bytes = new byte[zeros + magnitude.length];
        System.arraycopy(magnitude, 0, bytes, zeros, magnitude.length);
        return bytes;
    }

    private static byte[] unsigned(byte[] signed) {
        return signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
    }

    private static long digits(String text, int from, int to) {
        var value = 0L;
        for (var i = from; i < to; i++) {
            var digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("not base 58");
            }
            value = value * ALPHABET.length() + digit;
        }
        return value;
    }

    private static long[] powers() {
        var powers = new long[CHUNK + 1];
        powers[0] = 1;
        for (var i = 1; i <= CHUNK; i++) {
            powers[i] = powers[i - 1] * ALPHABET.length();
        }
        return powers;
    }
}
