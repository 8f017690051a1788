package io.streamsync.router.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of a key: all that the installation keeps of it.
record KeyHash(long first, long second, long third, long fourth) {

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(KeyHash::sha256);

    static KeyHash of(String key) {
        return of(SHA_256.get().digest(key.getBytes(StandardCharsets.UTF_8)));
    }

    /// @throws IllegalArgumentException when the text is not 64 hex digits
    static KeyHash parse(String hex) {
        var bytes = HexFormat.of().parseHex(hex);
        if (bytes.length != 4 * Long.BYTES) {
            throw new IllegalArgumentException("a key hash has 64 hex digits");
        }
        return of(bytes);
    }

    private static KeyHash of(byte[] hash) {
        var bytes = ByteBuffer.wrap(hash);
        return new KeyHash(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
