package io.streamsync.router.jsonrpc;

import io.streamsync.router.jsonrpc.Envelope.Element;
import java.util.ArrayList;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;

/// Reads an envelope in one pass over the bytes, without building a tree. What a node might refuse to parse is refused
/// here: a malformed request must not count against the nodes that say so.
final class EnvelopeReader {

    /// Deeper than any Solana request: filters of getProgramAccounts reach 6.
    private static final int MAX_NESTING = 64;

    /// Longer than any number that a node reads without overflow as a double.
    private static final int MAX_NUMBER_LENGTH = 100;

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION) // the bytes are UTF-8, or they did not come here
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .build();

    private final byte[] body;
    private final JsonParser json;

    private EnvelopeReader(byte[] body, JsonParser json) {
        this.body = body;
        this.json = json;
    }

    static Envelope read(byte[] body) {
        if (!StrictText.isValid(body)) {
            return new Envelope.Unreadable(Refusal.of(RefusalCode.PARSE_ERROR));
        }
        try (var json = JSON.createParser(ObjectReadContext.empty(), body, 0, body.length)) {
            return new EnvelopeReader(body, json).envelope();
        } catch (StreamConstraintsException beyondLimits) {
            return new Envelope.Unreadable(Refusal.of(RefusalCode.INVALID_JSON_RPC));
        } catch (JacksonException malformed) {
            return new Envelope.Unreadable(Refusal.of(RefusalCode.PARSE_ERROR));
        }
    }

    private Envelope envelope() {
        var first = json.nextToken();
        Envelope envelope;
        if (first == JsonToken.START_OBJECT) {
            envelope = new Envelope.Single(element());
        } else if (first == JsonToken.START_ARRAY) {
            envelope = batch();
        } else {
            envelope = new Envelope.Unreadable(
                    Refusal.of(first == null ? RefusalCode.PARSE_ERROR : RefusalCode.INVALID_JSON_RPC));
        }
        return isTooLarge(envelope) || json.nextToken() == null
                ? envelope
                : new Envelope.Unreadable(Refusal.of(RefusalCode.PARSE_ERROR));
    }

    private static boolean isTooLarge(Envelope envelope) {
        return envelope instanceof Envelope.Unreadable(var refusal) && refusal.code() == RefusalCode.REQUEST_TOO_LARGE;
    }

    /// Nothing is read beyond the first call too many: that there is one is said before anything else.

    private Envelope batch() {
        var elements = new ArrayList<Element>();
        while (elements.size() <= Envelope.MAX_BATCH && json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                elements.add(element());
            } else {
                skip();
                elements.add(new Element.Invalid(JsonRpcResponse.NO_ID));
            }
        }
        if (elements.isEmpty()) {
            return new Envelope.Unreadable(Refusal.of(RefusalCode.INVALID_JSON_RPC));
        }
        if (elements.size() > Envelope.MAX_BATCH) {
            return new Envelope.Unreadable(Refusal.of(RefusalCode.REQUEST_TOO_LARGE)
                    .with("limit", "a batch holds at most " + Envelope.MAX_BATCH + " calls"));
        }
        return new Envelope.Batch(elements);
    }

    private Element element() {
        var members = new Members();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            switch (json.currentName()) {
                case "jsonrpc" -> members.version(json.nextToken(), json);
                case "id" -> id(members);
                case "method" -> members.method(json.nextToken(), json);
                case "params" -> params(members);
                default -> {
                    json.nextToken();
                    skip();
                }
            }
        }
        return members.element(body);
    }

    private void id(Members members) {
        var token = json.nextToken();
        switch (token) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_NULL -> {
                var from = start();
                members.id(Arrays.copyOfRange(body, from, end()));
            }
            default -> {
                skip();
                members.invalid();
            }
        }
    }

    private void params(Members members) {
        var token = json.nextToken();
        switch (token) {
            case START_ARRAY, START_OBJECT -> {
                var from = start();
                skip();
                members.params(from, end());
            }
            case VALUE_NULL -> members.params(-1, -1);
            default -> {
                skip();
                members.invalid();
            }
        }
    }

    /// Walks over the current value, reading every token: strings are checked and numbers must fit a double.
    private void skip() {
        var depth = 0;
        while (true) {
            switch (json.currentToken()) {
                case START_ARRAY, START_OBJECT -> depth++;
                case END_ARRAY, END_OBJECT -> depth--;
                case VALUE_NUMBER_FLOAT -> requireFinite();
                default -> json.finishToken();
            }
            if (depth == 0) {
                return;
            }
            json.nextToken();
        }
    }

    private void requireFinite() {
        if (Double.isInfinite(json.getDoubleValue())) {
            throw new StreamConstraintsException("a number beyond the range of a double");
        }
    }

    private int start() {
        return (int) json.currentTokenLocation().getByteOffset();
    }

    private int end() {
        json.finishToken();
        return (int) json.currentLocation().getByteOffset();
    }
}
