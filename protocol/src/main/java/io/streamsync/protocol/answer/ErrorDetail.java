package io.streamsync.protocol.answer;

import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What an error says beyond its code.
///
/// @param message in lower case, cut
/// @param errKind the kind of `data.err`, such as `BlockhashNotFound` or `InstructionError`; empty when there is none
record ErrorDetail(String message, String errKind) {

    private static final int MESSAGE = 500;
    private static final int KIND = 64;
    private static final List<String> RATE_LIMIT = List.of(
            "rate limit",
            "rate-limit",
            "ratelimit",
            "rate exceeded",
            "request limit",
            "requests per second",
            "too many requests",
            "quota exceeded",
            "limit exceeded",
            "capacity exceeded",
            "throttled");

    static ErrorDetail of(NodeAnswer answer) {
        try (var parser = AnswerJson.parser(answer.body(), answer.from(), answer.to())) {
            return read(parser);
        } catch (JacksonException readBefore) {
            return new ErrorDetail("", "");
        }
    }

    boolean saysRateLimit() {
        return RATE_LIMIT.stream().anyMatch(message::contains);
    }

    private static ErrorDetail read(JsonParser parser) {
        var message = "";
        var errKind = "";
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            if (name.equals("message") && token == JsonToken.VALUE_STRING) {
                message = cut(parser.getString(), MESSAGE).toLowerCase(Locale.ROOT);
            } else if (name.equals("data") && token == JsonToken.START_OBJECT) {
                errKind = errKind(parser);
            } else {
                parser.skipChildren();
            }
        }
        return new ErrorDetail(message, errKind);
    }

    private static String errKind(JsonParser parser) {
        var kind = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var isErr = parser.currentName().equals("err");
            var token = parser.nextToken();
            if (isErr && token == JsonToken.VALUE_STRING) {
                kind = cut(parser.getString(), KIND);
            } else if (isErr && token == JsonToken.START_OBJECT) {
                kind = onlyMember(parser);
            } else {
                parser.skipChildren();
            }
        }
        return kind;
    }

    // {"InstructionError":[0,{"Custom":1}]}: the kind is the name
    private static String onlyMember(JsonParser parser) {
        var name = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            name = cut(parser.currentName(), KIND);
            parser.nextToken();
            parser.skipChildren();
        }
        return name;
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
