package io.streamsync.system;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A wallet as an operator holds one: an Ed25519 key that signs in.
record OperatorWallet(KeyPair keys) {

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int RAW_KEY_BYTES = 32;

    static OperatorWallet generate() {
        try {
            return new OperatorWallet(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @param seed in hex, as devnet's operators have theirs
    static OperatorWallet ofSeed(String seed) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(
                    NamedParameterSpec.ED25519, new Seed(HexFormat.of().parseHex(seed)));
            return new OperatorWallet(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String address() {
        var encoded = keys.getPublic().getEncoded();
        return base58(Arrays.copyOfRange(encoded, encoded.length - RAW_KEY_BYTES, encoded.length));
    }

    /// Signs the challenge of the market and returns its API with the session.
    Api signIn(Api api) {
        var challenge =
                api.post("/v1/auth/challenges", body().put("wallet", address()).toString());
        var message = challenge.text("/message");
        var session = api.post(
                "/v1/auth/sessions",
                body().put("wallet", address())
                        .put("message", message)
                        .put("signature", sign(message))
                        .toString());
        return api.as(session.text("/token"));
    }

    static ObjectNode body() {
        return JsonMapper.shared().createObjectNode();
    }

    /// In base58.
    String sign(String message) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(message.getBytes(StandardCharsets.UTF_8));
            return base58(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base58(byte[] bytes) {
        var text = new StringBuilder();
        var base = BigInteger.valueOf(ALPHABET.length());
        for (var rest = new BigInteger(1, bytes); rest.signum() > 0; rest = rest.divide(base)) {
            text.append(ALPHABET.charAt(rest.mod(base).intValue()));
        }
        for (int at = 0; at < bytes.length && bytes[at] == 0; at++) {
            text.append(ALPHABET.charAt(0));
        }
        return text.reverse().toString();
    }

    /// The JDK makes an Ed25519 pair from a seed only through the randomness that it asks for.
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
