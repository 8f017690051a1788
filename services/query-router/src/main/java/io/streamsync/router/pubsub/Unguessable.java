package io.streamsync.router.pubsub;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/// Subscriptions' ids and the salts of their records: hashes of a secret of this process and a number of their own. As
/// good as random to anybody else, and without the lock of a random generator.
final class Unguessable {

    private static final int SECRET = 32;
    private static final int LENGTH = 16;

    private final byte[] secret = new byte[SECRET];
    private final AtomicLong last = new AtomicLong();

    Unguessable() {
        new SecureRandom().nextBytes(secret);
    }

    String id() {
        return next("id");
    }

    String salt() {
        return next("salt");
    }

    private String next(String purpose) {
        var name = purpose.getBytes(StandardCharsets.US_ASCII);
        var input = ByteBuffer.allocate(SECRET + Long.BYTES + name.length)
                .put(secret)
                .putLong(last.incrementAndGet())
                .put(name);
        return HexFormat.of().formatHex(sha256(input.array()), 0, LENGTH);
    }

    private static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
