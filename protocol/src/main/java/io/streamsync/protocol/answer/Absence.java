package io.streamsync.protocol.answer;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Recognises a result that says "there is nothing".
final class Absence {

    private Absence() {}

    static boolean is(byte[] body, int from, int to) {
        if (body[from] == 'n') {
            return true;
        }
        if (body[from] != '[' && body[from] != '{') {
            return false;
        }
        try (var parser = AnswerJson.parser(body, from, to)) {
            return isAbsent(parser, parser.nextToken(), true);
        } catch (JacksonException neverReadBefore) {
            return false;
        }
    }

    // stops at the first member that decides: what follows may be megabytes
    private static boolean isAbsent(JsonParser parser, JsonToken token, boolean outermost) {
        return switch (token) {
            case VALUE_NULL -> true;
            case START_ARRAY -> parser.nextToken() == JsonToken.END_ARRAY;
            case START_OBJECT -> isEmptyPage(parser, outermost);
            default -> false;
        };
    }

    private static boolean isEmptyPage(JsonParser parser, boolean outermost) {
        var members = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME && members++ < 8) {
            var name = parser.currentName();
            var token = parser.nextToken();
            if (name.equals("items")) {
                return token == JsonToken.START_ARRAY && parser.nextToken() == JsonToken.END_ARRAY;
            }
            if (name.equals("value") && outermost) {
                return isAbsent(parser, token, false);
            }
            if (!name.equals("context") && token.isStructStart()) {
                return false;
            }
            parser.skipChildren();
        }
        return false;
    }
}
