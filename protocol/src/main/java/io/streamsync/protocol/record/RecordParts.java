package io.streamsync.protocol.record;

import io.streamsync.protocol.canonical.Sha256;
import java.util.Arrays;

/// Where the parts of an encoded record lie: kind, version, public length, public part, private length, private part.
final class RecordParts {

    static final int VERSION = 1;
    /// Kind and version.
    static final int HEAD = 2;
    static final int LENGTH = 4;

    private final byte[] bytes;
    private final int kind;
    private final int version;
    private final int publicEnd;

    private RecordParts(byte[] bytes, int kind, int version, int publicEnd) {
        this.bytes = bytes;
        this.kind = kind;
        this.version = version;
        this.publicEnd = publicEnd;
    }

    static RecordParts of(byte[] bytes) {
        var parts = ofHead(bytes, LENGTH);
        var tail = new ByteReader(bytes, parts.publicEnd, bytes.length);
        if (tail.u32() != bytes.length - parts.publicEnd - LENGTH) {
            throw new IllegalArgumentException("damaged: the length is not that of the private part");
        }
        return parts;
    }

    /// Of a record without its private part.
    static RecordParts ofPublic(byte[] leaf) {
        var parts = ofHead(leaf, 0);
        if (parts.publicEnd != leaf.length) {
            throw new IllegalArgumentException("damaged: the length is not that of the public part");
        }
        return parts;
    }

    /// @param behind at least so many bytes follow the public part
    private static RecordParts ofHead(byte[] bytes, int behind) {
        var head = new ByteReader(bytes, 0, bytes.length);
        var kind = head.u8();
        var version = head.u8();
        var publicEnd = HEAD + LENGTH + (long) head.u32();
        if (publicEnd + behind > bytes.length) {
            throw new IllegalArgumentException("damaged: ends too early");
        }
        return new RecordParts(bytes, kind, version, (int) publicEnd);
    }

    int kind() {
        return kind;
    }

    /// Which ones there are depends on the kind.
    int version() {
        return version;
    }

    byte[] published() {
        return Arrays.copyOf(bytes, publicEnd);
    }

    int publicLength() {
        return publicEnd;
    }

    ByteReader publicReader() {
        return new ByteReader(bytes, HEAD + LENGTH, publicEnd);
    }

    ByteReader privateReader() {
        return new ByteReader(bytes, publicEnd + LENGTH, bytes.length);
    }

    void requireCommitment() {
        var from = publicEnd - Sha256.LENGTH;
        var privateFrom = publicEnd + LENGTH;
        var actual = Sha256.of(bytes, privateFrom, bytes.length - privateFrom);
        if (from < HEAD + LENGTH || !Arrays.equals(bytes, from, publicEnd, actual, 0, Sha256.LENGTH)) {
            throw new IllegalArgumentException("damaged: the commitment is not to this private part");
        }
    }
}
