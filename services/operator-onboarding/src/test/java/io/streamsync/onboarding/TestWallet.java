package io.streamsync.onboarding;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamsync.onboarding.identity.Base58;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;

/// A wallet with its key, as an operator's machine has it.
public record TestWallet(KeyPair keys) {

    public static TestWallet create() {
        try {
            return new TestWallet(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String address() {
        var encoded = keys.getPublic().getEncoded(); // X.509: the key is its last 32 bytes
        return Base58.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    public byte[] sign(String message) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(message.getBytes(UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
