package io.streamsync.onboarding.identity;

import java.math.BigInteger;
import java.util.Optional;

/// A point of Ed25519's curve (RFC 8032, 5.1). Signing and verifying are the JDK's; this decides only which public keys
/// are sound, because the JDK accepts points of small order, under which anybody can "sign".
record EdwardsPoint(BigInteger x, BigInteger y) {

    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger P = TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger D = BigInteger.valueOf(-121_665)
            .multiply(BigInteger.valueOf(121_666).modInverse(P))
            .mod(P);
    private static final BigInteger ROOT_OF_MINUS_ONE =
            TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

    /// None when the 32 bytes are not the canonical encoding of a point.
    static Optional<EdwardsPoint> decode(byte[] encoded) {
        var bigEndian = new byte[32];
        for (int i = 0; i < 32; i++) {
            bigEndian[i] = encoded[31 - i];
        }
        boolean odd = bigEndian[0] < 0;
        bigEndian[0] &= 0x7f;
        var y = new BigInteger(1, bigEndian);
        if (y.compareTo(P) >= 0) {
            return Optional.empty();
        }
        return root(xSquared(y))
                .filter(x -> x.signum() != 0 || !odd)
                .map(x -> new EdwardsPoint(x.testBit(0) == odd ? x : P.subtract(x), y));
    }

    /// Whether eight times the point is the neutral element: such a key has no secret.
    boolean isLowOrder() {
        return doubled().doubled().doubled().equals(new EdwardsPoint(BigInteger.ZERO, BigInteger.ONE));
    }

    EdwardsPoint doubled() {
        var xy = x.multiply(y);
        var dxxyy = D.multiply(xy.pow(2)).mod(P);
        return new EdwardsPoint(
                quotient(xy.shiftLeft(1), BigInteger.ONE.add(dxxyy)),
                quotient(y.pow(2).add(x.pow(2)), BigInteger.ONE.subtract(dxxyy)));
    }

    private static BigInteger xSquared(BigInteger y) {
        var yy = y.pow(2);
        return quotient(yy.subtract(BigInteger.ONE), D.multiply(yy).add(BigInteger.ONE));
    }

    private static Optional<BigInteger> root(BigInteger square) {
        var candidate = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        if (candidate.pow(2).mod(P).equals(square)) {
            return Optional.of(candidate);
        }
        var other = candidate.multiply(ROOT_OF_MINUS_ONE).mod(P);
        return other.pow(2).mod(P).equals(square) ? Optional.of(other) : Optional.empty();
    }

    private static BigInteger quotient(BigInteger dividend, BigInteger divisor) {
        return dividend.multiply(divisor.modInverse(P)).mod(P);
    }
}
