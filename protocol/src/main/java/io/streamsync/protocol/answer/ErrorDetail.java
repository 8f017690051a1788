package io.streamsync.protocol.answer;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What an error says beyond its code.
///
/// @param message in lower case, cut
/// @param errKind the kind of `data.err`, such as `BlockhashNotFound` or `InstructionError`; empty when there is none
/// @param contextSlot how far a node was that is behind what was asked of it
record ErrorDetail(String message, String errKind, OptionalLong contextSlot) {

    private static final int MESSAGE = 500;
    private static final int KIND = 64;

    /// More than slots have.
    private static final int MOST_DIGITS = 18;
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
            return new ErrorDetail("", "", OptionalLong.empty());
        }
    }

    boolean saysRateLimit() {
        return RATE_LIMIT.stream().anyMatch(message::contains);
    }

    private static ErrorDetail read(JsonParser parser) {
        var message = "";
        var data = new Data("", OptionalLong.empty());
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            if (name.equals("message") && token == JsonToken.VALUE_STRING) {
                message = cut(parser.getString(), MESSAGE).toLowerCase(Locale.ROOT);
            } else if (name.equals("data") && token == JsonToken.START_OBJECT) {
                data = data(parser);
            } else {
                parser.skipChildren();
            }
        }
        return new ErrorDetail(message, data.errKind, data.contextSlot);
    }

    private static Data data(JsonParser parser) {
        var kind = "";
        var slot = OptionalLong.empty();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var isErr = parser.currentName().equals("err");
            var isSlot = parser.currentName().equals("contextSlot");
            var token = parser.nextToken();
            if (isErr && token == JsonToken.VALUE_STRING) {
                kind = cut(parser.getString(), KIND);
            } else if (isErr && token == JsonToken.START_OBJECT) {
                kind = onlyMember(parser);
            } else if (isSlot
                    && token == JsonToken.VALUE_NUMBER_INT
                    && parser.getString().length() <= MOST_DIGITS) {
                slot = OptionalLong.of(parser.getLongValue());
            } else {
                parser.skipChildren();
            }
        }
        return new Data(kind, slot);
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

    /// What there is in `data`.
    private record Data(String errKind, OptionalLong contextSlot) {}
}
