package io.streamsync.launcher.demo;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/// An operator's Ed25519 wallet from its seed.
final class Wallet {

    private static final int PUBLIC_KEY_BYTES = 32;

    private final KeyPair keys;

    private Wallet(KeyPair keys) {
        this.keys = keys;
    }

    /// @param seed 32 bytes as hex digits
    static Wallet ofSeed(String seed) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(
                    NamedParameterSpec.ED25519, new Seed(HexFormat.of().parseHex(seed)));
            return new Wallet(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    String address() {
        var encoded = keys.getPublic().getEncoded();
        return Base58.encode(Arrays.copyOfRange(encoded, encoded.length - PUBLIC_KEY_BYTES, encoded.length));
    }

    /// @return the token of a session
    String signIn(Api api) {
        var message = api.post("/v1/auth/challenges", Map.of("wallet", address()))
                .path("message")
                .asString();
        var signed = Map.of("wallet", address(), "message", message, "signature", sign(message));
        return api.post("/v1/auth/sessions", signed).path("token").asString();
    }

    String sign(String message) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(message.getBytes(StandardCharsets.UTF_8));
            return Base58.encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a wallet can sign", e);
        }
    }

    /// The JDK makes a key pair of the 32 random bytes that it draws, which is what a seed is.
    private static final class Seed extends SecureRandom {

        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
