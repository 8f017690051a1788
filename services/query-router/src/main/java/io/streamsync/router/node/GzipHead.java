package io.streamsync.router.node;

import java.util.zip.DataFormatException;

/// Skips the head of a gzip member (RFC 1952, 2.3), which may come in any number of parts.
final class GzipHead {

    private static final int FIXED = 10;
    private static final int CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    /// Flags from here on mean nothing yet.
    private static final int RESERVED = 0x20;

    /// Names and comments are somebody's file names; a node that sends more of them has other things in mind.
    private static final int LONGEST = 64 * 1024;

    private int read;
    private int flags;
    private int left = FIXED;
    private int extra;
    private Part part = Part.FIXED;

    private enum Part {
        FIXED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        CHECKSUM,
        OVER
    }

    /// @return where what follows the head begins
    int skip(byte[] bytes, int length) throws DataFormatException {
        var at = 0;
        while (part != Part.OVER && at < length) {
            take(bytes[at++] & 0xff);
        }
        return at;
    }

    private void take(int b) throws DataFormatException {
        if (++read > LONGEST) {
            throw new DataFormatException("a head without end");
        }
        switch (part) {
            case FIXED -> fixed(b);
            case EXTRA_LENGTH -> {
                extra |= b << (8 * (2 - left));
                counted();
            }
            case EXTRA, CHECKSUM -> counted();
            case NAME, COMMENT -> {
                if (b == 0) {
                    next();
                }
            }
            case OVER -> throw new IllegalStateException("the head is over");
        }
    }

    private void fixed(int b) throws DataFormatException {
        var at = FIXED - left;
        if ((at == 0 && b != 0x1f) || (at == 1 && b != 0x8b) || (at == 2 && b != 8) || (at == 3 && b >= RESERVED)) {
            throw new DataFormatException("not gzip");
        }
        if (at == 3) {
            flags = b;
        }
        counted();
    }

    private void counted() {
        left--;
        if (left == 0) {
            next();
        }
    }

    /// The next part that is there and not empty.
    private void next() {
        switch (part) {
            case FIXED -> enter((flags & EXTRA) != 0, Part.EXTRA_LENGTH, 2);
            case EXTRA_LENGTH -> enter(extra > 0, Part.EXTRA, extra);
            case EXTRA -> enter((flags & NAME) != 0, Part.NAME, 0);
            case NAME -> enter((flags & COMMENT) != 0, Part.COMMENT, 0);
            case COMMENT -> enter((flags & CHECKSUM) != 0, Part.CHECKSUM, 2);
            case CHECKSUM, OVER -> part = Part.OVER;
        }
    }

    private void enter(boolean isThere, Part which, int bytes) {
        part = which;
        left = bytes;
        if (!isThere) {
            next();
        }
    }
}
