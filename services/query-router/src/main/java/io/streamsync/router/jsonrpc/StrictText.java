package io.streamsync.router.jsonrpc;

/// Text that every reader reads alike: UTF-8 by the letter, no control characters, no half surrogate pairs in escapes.
final class StrictText {

    private static final int INVALID = -1;

    private StrictText() {}

    static boolean isValid(byte[] bytes) {
        var at = 0;
        while (at != INVALID && at < bytes.length) {
            var b = bytes[at];
            if (b == '\\') {
                at = afterEscape(bytes, at);
            } else if (b >= 0x20 || b == '\t' || b == '\n' || b == '\r') {
                at++;
            } else {
                at = b < 0 ? afterSequence(bytes, at) : INVALID;
            }
        }
        return at != INVALID;
    }

    /// After the multi-byte sequence, checked by its code point: overlong forms and surrogates have other lengths.
    private static int afterSequence(byte[] bytes, int at) {
        var first = bytes[at] & 0xff;
        var length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) {
            return INVALID;
        }
        var codePoint = first & (0xff >> (length + 1));
        for (var i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return INVALID;
            }
            codePoint = (codePoint << 6) | (bytes[at + i] & 0x3f);
        }
        return lengthOf(codePoint) == length ? at + length : INVALID;
    }

    private static int lengthOf(int codePoint) {
        if (codePoint > Character.MAX_CODE_POINT || (codePoint >= 0xd800 && codePoint <= 0xdfff)) {
            return INVALID;
        }
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    private static int afterEscape(byte[] bytes, int at) {
        var unit = unitAt(bytes, at);
        if (unit < 0) {
            return at + 2;
        }
        if (Character.isHighSurrogate((char) unit)) {
            var low = unitAt(bytes, at + 6);
            return low >= 0 && Character.isLowSurrogate((char) low) ? at + 12 : INVALID;
        }
        return Character.isLowSurrogate((char) unit) ? INVALID : at + 6;
    }

    /// The value of a four-digit escape that starts here, or -1; what is no escape at all, the JSON reader refuses.
    private static int unitAt(byte[] bytes, int at) {
        if (at + 6 > bytes.length || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return INVALID;
        }
        var unit = 0;
        for (var i = at + 2; i < at + 6; i++) {
            var digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return INVALID;
            }
            unit = (unit << 4) | digit;
        }
        return unit;
    }
}
