package io.streamsync.benchmarks.market;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import tools.jackson.databind.json.JsonMapper;

/// An operator's wallet, which signs in.
record Wallet(KeyPair keys) {

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int KEY_BYTES = 32;

    static Wallet generate() {
        try {
            return new Wallet(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    String address() {
        var encoded = keys.getPublic().getEncoded();
        return base58(Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
    }

    /// @return the interfaces with the token of a session
    Api signIn(Api api) {
        var json = JsonMapper.shared();
        var challenge = api.post("/v1/auth/challenges", "{\"wallet\":\"" + address() + "\"}");
        var message = challenge.path("message").asString();
        var signed = json.createObjectNode()
                .put("wallet", address())
                .put("message", message)
                .put("signature", sign(message));
        return api.as(
                api.post("/v1/auth/sessions", signed.toString()).path("token").asString());
    }

    private String sign(String message) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(message.getBytes(StandardCharsets.UTF_8));
            return base58(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a wallet can sign", e);
        }
    }

    private static String base58(byte[] bytes) {
        var text = new StringBuilder();
        var base = BigInteger.valueOf(ALPHABET.length());
        for (var rest = new BigInteger(1, bytes); rest.signum() > 0; rest = rest.divide(base)) {
            text.append(ALPHABET.charAt(rest.mod(base).intValue()));
        }
        for (var at = 0; at < bytes.length && bytes[at] == 0; at++) {
            text.append(ALPHABET.charAt(0));
        }
        return text.reverse().toString();
    }
}
