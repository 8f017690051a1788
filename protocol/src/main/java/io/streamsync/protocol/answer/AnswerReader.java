package io.streamsync.protocol.answer;

import static io.streamsync.protocol.answer.AnswerJson.require;

import io.streamsync.protocol.answer.AnswerJson.Refused;
import io.streamsync.protocol.answer.NodeAnswer.Kind;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the envelope of a node's answer in one pass, without a tree. Whatever is ambiguous is refused: two members of
/// one name would be read by one client as the first and by another as the last.
final class AnswerReader {

    /// In blocks.
    private static final int BLOCKHASH_LIFE = 150;

    private final byte[] body;
    private final JsonParser parser;
    private final String method;
    private final String expectedId;
    private final Shape shape;

    private boolean version;
    private boolean id;
    private @Nullable Kind kind;
    private int from;
    private int to;
    private int errorCode;
    private boolean shaped = true;
    private long slot = -1;
    private long height = -1;

    private AnswerReader(byte[] body, JsonParser parser, String method, String expectedId) {
        this.body = body;
        this.parser = parser;
        this.method = method;
        this.expectedId = expectedId;
        this.shape = Shapes.of(method);
    }

    static @Nullable NodeAnswer read(byte[] body, String method, String expectedId) {
        try (var parser = AnswerJson.parser(body, 0, body.length)) {
            return new AnswerReader(body, parser, method, expectedId).read();
        } catch (JacksonException | Refused notAnAnswer) {
            return null;
        }
    }

    private NodeAnswer read() {
        require(parser.nextToken() == JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            member(parser.currentName());
        }
        require(parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null);
        require(version && id);
        if (kind == null) {
            throw new Refused();
        }
        return new NodeAnswer(
                body, kind, from, to, errorCode, slot < 0 ? OptionalLong.empty() : OptionalLong.of(slot), shaped);
    }

    private void member(String name) {
        var token = parser.nextToken();
        switch (name) {
            case "jsonrpc" -> {
                require(!version
                        && token == JsonToken.VALUE_STRING
                        && parser.getString().equals("2.0"));
                version = true;
            }
            case "id" -> {
                require(!id && token.isScalarValue() && isExpectedId(token));
                id = true;
            }
            case "result" -> {
                begin(Kind.RESULT);
                result(token);
                to = end();
            }
            case "error" -> {
                begin(Kind.ERROR);
                require(token == JsonToken.START_OBJECT);
                error();
                to = end();
            }
            default -> parser.skipChildren();
        }
    }

    private void begin(Kind member) {
        require(kind == null);
        kind = member;
        from = start();
    }

    private void result(JsonToken token) {
        shaped = Shape.isOneOf(shape.plain(), parser, token);
        if (method.equals("getSlot")) {
            slot = slotNumber(token);
        } else if (token == JsonToken.START_OBJECT) {
            resultObject();
        } else {
            parser.skipChildren();
        }
    }

    private void resultObject() {
        var contexts = 0;
        var values = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            if (name.equals("value")) {
                values += Shape.isOneOf(shape.value(), parser, token) ? 1 : 2;
            }
            if (name.equals("context") && token == JsonToken.START_OBJECT) {
                require(contexts++ == 0);
                context();
            } else if (name.equals("value") && token == JsonToken.START_OBJECT && isBlockhash()) {
                blockhash();
            } else if (method.equals("getEpochInfo") && token == JsonToken.VALUE_NUMBER_INT) {
                epochInfo(name);
            } else {
                parser.skipChildren();
            }
        }
        // slots are skipped, blocks are not: the height is never above the slot
        require(slot < 0 || height <= slot);
        shaped |= contexts == 1 && slot >= 0 && values == 1;
    }

    private boolean isBlockhash() {
        return method.equals("getLatestBlockhash");
    }

    private void epochInfo(String name) {
        if (name.equals("absoluteSlot")) {
            require(slot < 0);
            slot = slotNumber(JsonToken.VALUE_NUMBER_INT);
        } else if (name.equals("blockHeight")) {
            height = slotNumber(JsonToken.VALUE_NUMBER_INT);
        }
    }

    private void blockhash() {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && name.equals("lastValidBlockHeight")) {
                height = slotNumber(JsonToken.VALUE_NUMBER_INT) - BLOCKHASH_LIFE;
            } else {
                parser.skipChildren();
            }
        }
    }

    private void context() {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var isSlot = parser.currentName().equals("slot");
            var token = parser.nextToken();
            if (isSlot) {
                require(slot < 0);
                slot = slotNumber(token);
            } else {
                parser.skipChildren();
            }
        }
    }

    private long slotNumber(JsonToken token) {
        require(token == JsonToken.VALUE_NUMBER_INT);
        var number = parser.getLongValue();
        require(number >= 0);
        return number;
    }

    private void error() {
        var codes = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var isCode = parser.currentName().equals("code");
            var token = parser.nextToken();
            if (isCode) {
                require(codes++ == 0 && token == JsonToken.VALUE_NUMBER_INT);
                errorCode = parser.getIntValue();
            } else {
                parser.skipChildren();
            }
        }
        require(codes == 1);
    }

    // byte for byte first: a node seldom writes the id in another way than it came
    private boolean isExpectedId(JsonToken token) {
        var start = start();
        var length = end() - start;
        if (length == expectedId.length() && isAscii(start, length)) {
            return true;
        }
        return token == JsonToken.VALUE_STRING && parser.getString().equals(text(expectedId));
    }

    private boolean isAscii(int start, int length) {
        for (var i = 0; i < length; i++) {
            if (body[start + i] != expectedId.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String text(String json) {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        try (var parser = AnswerJson.parser(bytes, 0, bytes.length)) {
            return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getString() : null;
        }
    }

    private int start() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    private int end() {
        parser.finishToken();
        return (int) parser.currentLocation().getByteOffset();
    }
}
