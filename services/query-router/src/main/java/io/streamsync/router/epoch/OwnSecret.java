package io.streamsync.router.epoch;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/// A secret of this router for one epoch, and how far its life has gone: committed, ended, revealed. Only ever moves
/// on; the thread that turns epochs reads what others have noted.
final class OwnSecret {

    static final int BYTES = 32;

    private static final long NO_MARK = -1;

    private final int incarnation;
    private final long epoch;
    private final byte[] bytes;
    private volatile boolean committed;
    private volatile boolean revealed;
    private volatile long mark = NO_MARK;

    private OwnSecret(int incarnation, long epoch, byte[] bytes) {
        this.incarnation = incarnation;
        this.epoch = epoch;
        this.bytes = bytes.clone();
    }

    static OwnSecret random(int incarnation, long epoch, SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new OwnSecret(incarnation, epoch, bytes);
    }

    /// One found on the disk, whose commitment may be known to all.
    static OwnSecret promised(int incarnation, long epoch, byte[] bytes) {
        var secret = new OwnSecret(incarnation, epoch, bytes);
        secret.committed = true;
        return secret;
    }

    int incarnation() {
        return incarnation;
    }

    long epoch() {
        return epoch;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    String commitment() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    boolean isCommitted() {
        return committed;
    }

    void committed() {
        committed = true;
    }

    boolean isRevealed() {
        return revealed;
    }

    void revealed() {
        revealed = true;
    }

    /// The end of the epoch stands at this position of the stream.
    void endedAt(long position) {
        mark = position;
    }

    /// Whether billing has the end of the epoch.
    boolean isEndPosted(long nextPosition) {
        return mark != NO_MARK && mark < nextPosition;
    }
}
