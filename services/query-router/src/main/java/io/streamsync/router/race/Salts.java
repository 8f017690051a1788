package io.streamsync.router.race;

import io.streamsync.protocol.record.RaceAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/// The salts of private parts: a hash of a secret of this process and the race's address. As good as random to anybody
/// else, and without the lock of a random generator.
final class Salts {

    private static final int SECRET_BYTES = 32;
    private static final int SALT_BYTES = 16;

    private final byte[] secret = new byte[SECRET_BYTES];

    Salts() {
        new SecureRandom().nextBytes(secret);
    }

    String of(RaceAddress address) {
        var input = ByteBuffer.allocate(SECRET_BYTES + 2 * Integer.BYTES + Long.BYTES)
                .put(secret)
                .putInt(address.router())
                .putInt(address.incarnation())
                .putLong(address.sequence());
        return HexFormat.of().formatHex(Arrays.copyOf(sha256(input.array()), SALT_BYTES));
    }

    private static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
