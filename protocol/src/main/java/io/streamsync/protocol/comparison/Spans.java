package io.streamsync.protocol.comparison;

import io.streamsync.protocol.answer.NodeAnswer;
import java.util.Arrays;

/// Equality of answers as bytes, which is what almost all comparisons of honest nodes come to.
final class Spans {

    private static final byte[] VALUE = {'}', ',', '"', 'v', 'a', 'l', 'u', 'e', '"', ':'};
    // {"context":{"apiVersion":"…","slot":…},"value": begins within so many bytes
    private static final int CONTEXT = 120;

    private Spans() {}

    /// Whether the results are the same bytes; where both carry a context, whether all that follows it is.
    static boolean equal(NodeAnswer one, NodeAnswer other) {
        return Arrays.equals(one.body(), one.from(), one.to(), other.body(), other.from(), other.to())
                || equalAfterContext(one, other);
    }

    private static boolean equalAfterContext(NodeAnswer one, NodeAnswer other) {
        if (one.slot().isEmpty() || other.slot().isEmpty()) {
            return false;
        }
        var from = value(one);
        var otherFrom = value(other);
        return from > 0
                && otherFrom > 0
                && Arrays.equals(one.body(), from, one.to(), other.body(), otherFrom, other.to());
    }

    // Finds `},"value":` right behind a context that comes first and holds no other object or brace.
    private static int value(NodeAnswer answer) {
        var body = answer.body();
        var context = "{\"context\":{";
        for (var i = 0; i < context.length(); i++) {
            if (answer.from() + i >= answer.to() || body[answer.from() + i] != context.charAt(i)) {
                return -1;
            }
        }
        var last = Math.min(answer.to() - VALUE.length, answer.from() + CONTEXT);
        for (var i = answer.from() + context.length(); i < last; i++) {
            if (body[i] == '{' || body[i] == '}') {
                return Arrays.equals(body, i, i + VALUE.length, VALUE, 0, VALUE.length) ? i + VALUE.length : -1;
            }
        }
        return -1;
    }
}
