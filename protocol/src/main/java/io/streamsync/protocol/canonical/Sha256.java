package io.streamsync.protocol.canonical;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256, the name of everything that is published.
public final class Sha256 {

    public static final int LENGTH = 32;

    /// Never fed: a clone of it costs a fraction of a look-up among the platform's providers.
    private static final MessageDigest EMPTY = empty();

    private Sha256() {}

    public static byte[] of(byte[] bytes) {
        return digest().digest(bytes);
    }

    public static byte[] of(byte[] bytes, int from, int length) {
        var digest = digest();
        digest.update(bytes, from, length);
        return digest.digest();
    }

    /// Lower-case hex.
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(of(bytes));
    }

    /// For bytes that come in pieces.
    public static MessageDigest digest() {
        try {
            return (MessageDigest) EMPTY.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the platform's SHA-256 can be cloned", impossible);
        }
    }

    private static MessageDigest empty() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
