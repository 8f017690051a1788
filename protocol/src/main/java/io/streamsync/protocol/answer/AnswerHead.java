package io.streamsync.protocol.answer;

import static io.streamsync.protocol.answer.AnswerJson.require;

import io.streamsync.protocol.answer.AnswerJson.Refused;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/// What the first bytes of a long answer tell: enough to let it win before the rest is there. What comes behind them
/// is nobody's word yet.
///
/// @param slot `result.context.slot` where the context comes first, as nodes write it
public record AnswerHead(OptionalLong slot) {

    /// @param head the first bytes, up to the result's first structure at least
    /// @param expectedId the id that was sent to the node, as JSON text
    /// @return null when this is no beginning of an answer with a long result
    public static @Nullable AnswerHead read(byte[] head, String expectedId) {
        try (var parser = AnswerJson.parser(head, 0, head.length)) {
            return envelope(parser, expectedId);
        } catch (JacksonException | Refused notAnAnswer) {
            return null;
        }
    }

    private static @Nullable AnswerHead envelope(JsonParser parser, String expectedId) {
        var version = false;
        var id = false;
        require(parser.nextToken() == JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            switch (name) {
                case "result" -> {
                    return result(parser, token);
                }
                case "jsonrpc" -> {
                    require(!version && token == JsonToken.VALUE_STRING);
                    require(parser.getString().equals("2.0"));
                    version = true;
                }
                case "id" -> {
                    require(!id && isId(parser, token, expectedId));
                    id = true;
                }
                // no error is that long
                case "error" -> {
                    return null;
                }
                default -> parser.skipChildren();
            }
        }
        return null;
    }

    private static boolean isId(JsonParser parser, JsonToken token, String expectedId) {
        return switch (token) {
            case VALUE_NUMBER_INT -> parser.getString().equals(expectedId);
            case VALUE_STRING -> ("\"" + parser.getString() + "\"").equals(expectedId);
            default -> false;
        };
    }

    /// No method has a long result that is not a list or an object.
    private static AnswerHead result(JsonParser parser, JsonToken token) {
        require(token.isStructStart());
        try {
            return new AnswerHead(token == JsonToken.START_OBJECT ? slot(parser) : OptionalLong.empty());
        } catch (UnexpectedEndOfInputException theRestIsOnItsWay) {
            return new AnswerHead(OptionalLong.empty());
        }
    }

    // the context is the first structure, or it is somewhere behind what was asked for
    private static OptionalLong slot(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var isContext = parser.currentName().equals("context");
            var token = parser.nextToken();
            if (isContext && token == JsonToken.START_OBJECT) {
                return contextSlot(parser);
            }
            if (token.isStructStart()) {
                return OptionalLong.empty();
            }
            parser.finishToken();
        }
        return OptionalLong.empty();
    }

    private static OptionalLong contextSlot(JsonParser parser) {
        var slot = OptionalLong.empty();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var isSlot = parser.currentName().equals("slot");
            var token = parser.nextToken();
            if (isSlot) {
                require(slot.isEmpty() && token == JsonToken.VALUE_NUMBER_INT);
                slot = OptionalLong.of(parser.getLongValue());
                require(slot.getAsLong() >= 0);
            } else {
                parser.skipChildren();
            }
        }
        return slot;
    }
}
