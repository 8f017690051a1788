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
/// @param shaped whether the result begins like one of the method's
public record AnswerHead(OptionalLong slot, boolean shaped) {

    /// @param head the first bytes, up to the result's first structure at least
    /// @param expectedId the id that was sent to the node, as JSON text
    /// @return null when this is no beginning of an answer with a long result
    public static @Nullable AnswerHead read(byte[] head, String method, String expectedId) {
        try (var parser = AnswerJson.parser(head, 0, head.length)) {
            return envelope(parser, Shapes.of(method), expectedId);
        } catch (JacksonException | Refused notAnAnswer) {
            return null;
        }
    }

    private static @Nullable AnswerHead envelope(JsonParser parser, Shape shape, String expectedId) {
        var version = false;
        var id = false;
        require(parser.nextToken() == JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            switch (name) {
                case "result" -> {
                    return result(parser, token, shape);
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
    private static AnswerHead result(JsonParser parser, JsonToken token, Shape shape) {
        require(token.isStructStart());
        var plain = Shape.isOneOf(shape.plain(), parser, token);
        return token == JsonToken.START_OBJECT
                ? object(parser, shape, plain)
                : new AnswerHead(OptionalLong.empty(), plain);
    }

    // the context is the first structure, or it is somewhere behind what was asked for
    private static AnswerHead object(JsonParser parser, Shape shape, boolean plain) {
        var slot = OptionalLong.empty();
        var shaped = plain;
        try {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = parser.currentName();
                var token = parser.nextToken();
                if (name.equals("context") && token == JsonToken.START_OBJECT) {
                    require(slot.isEmpty());
                    slot = contextSlot(parser);
                } else if (token.isStructStart()) {
                    shaped |= name.equals("value") && slot.isPresent() && Shape.isOneOf(shape.value(), parser, token);
                    break;
                }
            }
        } catch (UnexpectedEndOfInputException theRestIsOnItsWay) {
            // what was seen is all there is
        }
        return new AnswerHead(slot, shaped);
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
