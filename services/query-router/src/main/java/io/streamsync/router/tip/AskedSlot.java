package io.streamsync.router.tip;

import io.streamsync.router.jsonrpc.Call;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The slot that a call itself wants to be reached: `minContextSlot`.
public final class AskedSlot {

    /// The call wants none.
    public static final long NONE = -1;

    private static final JsonFactory JSON = new JsonFactory();
    private static final String NAME = "minContextSlot";
    private static final byte[] NAME_BYTES = NAME.getBytes(StandardCharsets.US_ASCII);

    /// More digits than slots have.
    private static final int MOST_DIGITS = 18;

    private AskedSlot() {}

    /// @return -1 when the call names none, or something that a node will refuse
    public static long of(Call call) {
        if (call.paramsFrom() < 0 || !isNamed(call)) {
            return NONE;
        }
        var length = call.paramsTo() - call.paramsFrom();
        try (var parser = JSON.createParser(ObjectReadContext.empty(), call.body(), call.paramsFrom(), length)) {
            // the configuration stands in a list of params, or is the params
            return read(parser, parser.nextToken() == JsonToken.START_ARRAY ? 2 : 1);
        } catch (JacksonException unreadable) {
            return NONE;
        }
    }

    /// Most calls name none, and their params need no parser to tell.
    private static boolean isNamed(Call call) {
        var last = call.paramsTo() - NAME_BYTES.length;
        for (var i = call.paramsFrom(); i <= last; i++) {
            if (call.body()[i] == NAME_BYTES[0] && isNamedAt(call.body(), i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamedAt(byte[] body, int from) {
        for (var i = 1; i < NAME_BYTES.length; i++) {
            if (body[from + i] != NAME_BYTES[i]) {
                return false;
            }
        }
        return true;
    }

    private static long read(JsonParser parser, int members) {
        var depth = 1;
        var slot = NONE;
        for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.PROPERTY_NAME && depth == members && NAME.equals(parser.currentName())) {
                slot = parser.nextToken() == JsonToken.VALUE_NUMBER_INT
                                && parser.getString().length() <= MOST_DIGITS
                        ? Math.max(NONE, parser.getLongValue())
                        : NONE;
                if (parser.currentToken().isStructStart()) {
                    depth++;
                }
            }
        }
        return slot;
    }
}
