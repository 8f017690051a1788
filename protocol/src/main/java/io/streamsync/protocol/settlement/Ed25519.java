package io.streamsync.protocol.settlement;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// Signatures of RFC 8032, and public keys as their 32 bytes.
public final class Ed25519 {

    public static final int KEY_LENGTH = 32;

    private static final String NAME = "Ed25519";

    /// What stands before the key's bytes in its X.509 form.
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    /// The 32 bytes of a public key.
    public static byte[] bytes(PublicKey key) {
        var encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - KEY_LENGTH, encoded.length);
    }

    public static byte[] sign(PrivateKey key, byte[] message) {
        try {
            var signature = Signature.getInstance(NAME);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException notSuchAKey) {
            throw new IllegalArgumentException("not a private key of Ed25519", notSuchAKey);
        }
    }

    /// False also for a key or signature that cannot be one.
    public static boolean isSigned(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != KEY_LENGTH) {
            return false;
        }
        try {
            var encoded = Arrays.copyOf(X509, X509.length + KEY_LENGTH);
            System.arraycopy(publicKey, 0, encoded, X509.length, KEY_LENGTH);
            var verifying = Signature.getInstance(NAME);
            verifying.initVerify(KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded)));
            verifying.update(message);
            return verifying.verify(signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
