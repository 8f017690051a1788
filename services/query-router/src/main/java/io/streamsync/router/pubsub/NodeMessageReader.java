package io.streamsync.router.pubsub;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;

/// Reads a node's message in one pass, without building a tree.
final class NodeMessageReader {

    /// Deeper than parsed instructions of any transaction.
    private static final int MAX_NESTING = 256;

    /// Of an unsigned 64-bit number.
    private static final int MOST_DIGITS = 20;

    static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION) // the frame was checked to be UTF-8
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
            .build();

    private final byte[] message;
    private final JsonParser json;
    private @Nullable Span result;
    private @Nullable Span error;
    private @Nullable Span notified;
    private @Nullable Long id;
    private @Nullable Long subscription;

    private NodeMessageReader(byte[] message, JsonParser json) {
        this.message = message;
        this.json = json;
    }

    static NodeMessage read(byte[] message) {
        try (var json = JSON.createParser(ObjectReadContext.empty(), message, 0, message.length)) {
            return new NodeMessageReader(message, json).message();
        } catch (JacksonException unreadable) {
            return new NodeMessage.Unreadable();
        }
    }

    /// The number that a span is, such as a subscription's id; null when it is none that fits 64 bits.
    static @Nullable Long number(byte[] bytes, int from, int to) {
        if (to - from > MOST_DIGITS) {
            return null;
        }
        try {
            return Long.parseUnsignedLong(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException none) {
            return null;
        }
    }

    private NodeMessage message() {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return new NodeMessage.Unreadable();
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            switch (json.currentName()) {
                case "result" -> result = value();
                case "error" -> error = value();
                case "id" -> id = number(value());
                case "params" -> params();
                default -> value();
            }
        }
        return json.nextToken() == null ? read() : new NodeMessage.Unreadable();
    }

    private NodeMessage read() {
        if (subscription != null && notified != null) {
            return new NodeMessage.Notification(subscription, notified.from(), notified.to());
        }
        if (error != null) {
            return new NodeMessage.Refusal(id, error.from(), error.to());
        }
        return id != null && result != null
                ? new NodeMessage.Answer(id, result.from(), result.to())
                : new NodeMessage.Unreadable();
    }

    private void params() {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            switch (json.currentName()) {
                case "result" -> notified = value();
                case "subscription" -> subscription = number(value());
                default -> value();
            }
        }
    }

    private Span value() {
        json.nextToken();
        var from = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        json.finishToken();
        return new Span(from, (int) json.currentLocation().getByteOffset());
    }

    private @Nullable Long number(Span span) {
        return number(message, span.from(), span.to());
    }

    private record Span(int from, int to) {}
}
