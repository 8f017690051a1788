package io.streamsync.onboarding.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

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
        if (point(address).isLowOrder()) {
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
        var point = point(address);
        return new EdECPublicKeySpec(
                NamedParameterSpec.ED25519, new EdECPoint(point.x().testBit(0), point.y()));
    }

    private static EdwardsPoint point(String address) {
        return Base58.decode(address, SIZE)
                .flatMap(EdwardsPoint::decode)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "The wallet is not a key that can sign: Base58 of the 32 bytes of a point of the Ed25519 curve."));
    }
}
