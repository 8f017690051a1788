package io.streamsync.onboarding.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/// The public key that an operator is known by: Base58 of 32 bytes, a sound point of Ed25519's curve.
public record Wallet(String address) {

    private static final int SIZE = 32;

    /// @throws IllegalArgumentException with a sentence for the reader
    public Wallet {
        var point = EdwardsPoint.decode(bytes(address));
        if (point.isEmpty()) {
            throw new IllegalArgumentException(
                    "The wallet is not a key that can sign: its bytes are no canonical point of the Ed25519 curve.");
        }
        if (point.get().isLowOrder()) {
            throw new IllegalArgumentException("The wallet is a key of low order, for which anybody can sign.");
        }
    }

    /// Whether the holder of this wallet signed the message.
    boolean signed(String message, byte[] signature) {
        try {
            var verification = Signature.getInstance("Ed25519");
            verification.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(keySpec()));
            verification.update(message.getBytes(UTF_8));
            return verification.verify(signature);
        } catch (SignatureException unreadable) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK verifies Ed25519", e);
        }
    }

    @Override
    public String toString() {
        return address;
    }

    private EdECPublicKeySpec keySpec() {
        var encoded = bytes(address);
        boolean odd = encoded[SIZE - 1] < 0;
        var bigEndian = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            bigEndian[i] = encoded[SIZE - 1 - i];
        }
        bigEndian[0] &= 0x7f;
        return new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, bigEndian)));
    }

    private static byte[] bytes(String address) {
        return Base58.decode(address, SIZE)
                .orElseThrow(() -> new IllegalArgumentException("The wallet is not Base58 of 32 bytes."));
    }
}
