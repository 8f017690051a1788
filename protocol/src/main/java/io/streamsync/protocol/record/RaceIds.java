package io.streamsync.protocol.record;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// Race ids as the world sees them: the address and the millisecond in one 128-bit block under AES with a key of the
/// installation. Unguessable, and no index is needed to find the address again. Safe for use by many threads.
///
/// The block before encryption, big-endian: router 2 bytes, incarnation 2, sequence 6, Unix ms 6.
public final class RaceIds {

    private static final int BLOCK = 16;
    private static final int DIGITS = 2 * BLOCK;
    private static final long MAX_MILLIS = (1L << 48) - 1;
    private static final HexFormat HEX = HexFormat.of();

    private final ThreadLocal<Cipher> sealing;
    private final ThreadLocal<Cipher> opening;

    private RaceIds(SecretKeySpec key) {
        sealing = ThreadLocal.withInitial(() -> cipher(Cipher.ENCRYPT_MODE, key));
        opening = ThreadLocal.withInitial(() -> cipher(Cipher.DECRYPT_MODE, key));
    }

    /// @param key 16 bytes
    public static RaceIds of(byte[] key) {
        if (key.length != BLOCK) {
            throw new IllegalArgumentException("the key of race ids is 16 bytes (32 hex digits)");
        }
        return new RaceIds(new SecretKeySpec(key, "AES"));
    }

    /// @return 32 lower-case hex digits
    public String seal(RaceAddress address, long epochMillis) {
        if (epochMillis < 0 || epochMillis > MAX_MILLIS) {
            throw new IllegalArgumentException("a race id holds 48 bits of Unix ms");
        }
        var block = ByteBuffer.allocate(BLOCK)
                .putShort((short) address.router())
                .putShort((short) address.incarnation())
                .putShort((short) (address.sequence() >>> 32))
                .putInt((int) address.sequence())
                .putShort((short) (epochMillis >>> 32))
                .putInt((int) epochMillis);
        return HEX.formatHex(apply(sealing.get(), block.array()));
    }

    /// The address behind an id; empty when the text is no id. Whether such a race exists, the caller looks up, with
    /// its time: an id made up opens to some address.
    public Optional<Opened> open(String raceId) {
        if (!isId(raceId)) {
            return Optional.empty();
        }
        var block = ByteBuffer.wrap(apply(opening.get(), HEX.parseHex(raceId)));
        var router = Short.toUnsignedInt(block.getShort());
        var incarnation = Short.toUnsignedInt(block.getShort());
        var sequence = sixBytes(block);
        return Optional.of(new Opened(new RaceAddress(router, incarnation, sequence), sixBytes(block)));
    }

    private static boolean isId(String text) {
        if (text.length() != DIGITS) {
            return false;
        }
        for (var i = 0; i < DIGITS; i++) {
            var c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static long sixBytes(ByteBuffer block) {
        return (long) Short.toUnsignedInt(block.getShort()) << 32 | Integer.toUnsignedLong(block.getInt());
    }

    // One block that never repeats (an address is used once): a mode would add bytes to the id and no secrecy.
    @SuppressWarnings("InsecureCryptoUsage")
    private static Cipher cipher(int mode, SecretKeySpec key) {
        try {
            var cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, key);
            return cipher;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has AES", impossible);
        }
    }

    private static byte[] apply(Cipher cipher, byte[] block) {
        try {
            return cipher.doFinal(block);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a full block needs no padding", impossible);
        }
    }

    /// What an id holds.
    public record Opened(RaceAddress address, long epochMillis) {}
}
