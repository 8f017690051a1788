package io.streamsync.router.jsonrpc;

import java.util.Arrays;

/// Finds the bytes of the result in an answer that comes in pieces, without holding them: where a list or an object
/// begins and ends, strings and nesting tell. What lies around it is kept, with a 0 in the result's place, and is read
/// by the letter once all has come.
public final class ResultScan {

    /// Version and id, and whatever a node adds to them.
    private static final int LONGEST_ENVELOPE = 8 * 1024;

    private static final byte[] RESULT = {'r', 'e', 's', 'u', 'l', 't'};

    private byte[] envelope = new byte[128];
    private int length;
    private Place place = Place.ENVELOPE;
    private int depth;
    private boolean isInString;
    private boolean isEscaped;
    private boolean isKeyNext;
    private int keyFrom = -1;
    private boolean isResultNext;
    private int from;
    private int to;

    private enum Place {
        ENVELOPE,
        RESULT,
        BEHIND,
        NOT_AN_ANSWER
    }

    /// Goes on with the next bytes; what of them is of the result, [#from] and [#to] tell.
    ///
    /// @return false when this cannot be an answer
    public boolean scan(byte[] bytes, int start, int end) {
        var at = start;
        while (at < end && place == Place.ENVELOPE) {
            around(bytes[at]);
            if (place != Place.RESULT) {
                at++;
            }
        }
        from = at;
        if (place == Place.RESULT) {
            at = result(bytes, at, end);
        }
        to = at;
        for (; at < end && place == Place.BEHIND; at++) {
            keep(bytes[at]);
        }
        return place != Place.NOT_AN_ANSWER;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    /// The whole answer with a 0 for its result; anything but an answer when the result has not ended.
    public byte[] envelope() {
        return place == Place.BEHIND ? Arrays.copyOf(envelope, length) : new byte[0];
    }

    private void around(byte b) {
        if (isInString) {
            inString(b);
        } else if (isResultNext && !isSpace(b)) {
            beginResult(b);
            return;
        } else {
            outside(b);
        }
        keep(b);
    }

    private void beginResult(byte b) {
        if (b == '[' || b == '{') {
            keep((byte) '0');
            place = place == Place.NOT_AN_ANSWER ? place : Place.RESULT;
            depth = 0;
        } else {
            place = Place.NOT_AN_ANSWER;
        }
    }

    private void inString(byte b) {
        if (isEscaped) {
            isEscaped = false;
        } else if (b == '\\') {
            isEscaped = true;
        } else if (b == '"') {
            isInString = false;
        }
    }

    private void outside(byte b) {
        switch (b) {
            case '"' -> {
                isInString = true;
                keyFrom = isKeyNext ? length + 1 : -1;
                isKeyNext = false;
            }
            case '{', '[' -> {
                depth++;
                isKeyNext = depth == 1 && b == '{';
            }
            case '}', ']' -> depth--;
            case ',' -> isKeyNext = depth == 1;
            case ':' -> isResultNext = depth == 1 && isResult();
            default -> {}
        }
    }

    /// Whether the key that was read last is the result's; one that is written with escapes is not.
    private boolean isResult() {
        return keyFrom >= 0
                && keyFrom + RESULT.length < length
                && envelope[keyFrom + RESULT.length] == '"'
                && Arrays.equals(envelope, keyFrom, keyFrom + RESULT.length, RESULT, 0, RESULT.length);
    }

    /// The one loop over all bytes of a long answer.
    private int result(byte[] bytes, int start, int end) {
        var open = depth;
        var at = start;
        var quoted = isInString;
        var escaped = isEscaped;
        while (at < end) {
            var b = bytes[at++];
            if (quoted) {
                if (escaped) {
                    escaped = false;
                } else if (b == '\\') {
                    escaped = true;
                } else if (b == '"') {
                    quoted = false;
                }
            } else if (b == '"') {
                quoted = true;
            } else if (b == '{' || b == '[') {
                open++;
            } else if ((b == '}' || b == ']') && --open == 0) {
                place = Place.BEHIND;
                break;
            }
        }
        depth = open;
        isInString = quoted;
        isEscaped = escaped;
        return at;
    }

    private void keep(byte b) {
        if (length == LONGEST_ENVELOPE) {
            place = Place.NOT_AN_ANSWER;
            return;
        }
        if (length == envelope.length) {
            envelope = Arrays.copyOf(envelope, 2 * length);
        }
        envelope[length++] = b;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
