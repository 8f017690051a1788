package io.streamsync.router.pubsub;

import io.streamsync.router.jsonrpc.Call;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/// What is subscribed to. Equal ones are one subscription at a node, however their clients write them.
///
/// @param params in canonical form: without white space, members in the order of their names, without nulls, without
///     the commitment that holds anyway and without an empty configuration at the end; as they came where they cannot
///     be read, for a node to refuse
record Subject(SubscriptionKind kind, String params) {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /// What Agave's nodes take of a message; for more they end the connection, which others share.
    private static final int LARGEST_MESSAGE = 4_096;

    /// The call around the parameters.
    private static final int AROUND = 128;

    /// Of parameters that a node is asked for, in bytes.
    static final int LARGEST = LARGEST_MESSAGE - AROUND;

    private static final String DEFAULT_COMMITMENT = "\"finalized\"";

    /// Whether nodes take so much.
    boolean isTooLarge() {
        return params.length() > LARGEST || params.getBytes(StandardCharsets.UTF_8).length > LARGEST;
    }

    static Subject of(SubscriptionKind kind, Call call) {
        if (call.paramsFrom() < 0) {
            return new Subject(kind, "[]");
        }
        var length = call.paramsTo() - call.paramsFrom();
        try (var json = JSON.createParser(ObjectReadContext.empty(), call.body(), call.paramsFrom(), length)) {
            json.nextToken();
            return new Subject(kind, canonical(json));
        } catch (JacksonException unreadable) {
            var params = new String(call.body(), call.paramsFrom(), length, StandardCharsets.UTF_8);
            return new Subject(kind, params);
        }
    }

    private static String canonical(JsonParser json) {
        return switch (json.currentToken()) {
            case START_ARRAY -> list(json);
            case START_OBJECT -> members(json);
            case VALUE_STRING -> quoted(json.getString());
            case null, default -> json.getString();
        };
    }

    private static String list(JsonParser json) {
        var elements = new StringBuilder("[");
        var used = 1;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            var element = canonical(json);
            elements.append(elements.length() > 1 ? "," : "").append(element);
            if (!element.equals("{}") && !element.equals("null")) {
                used = elements.length();
            }
        }
        elements.setLength(used);
        return elements.append(']').toString();
    }

    private static String members(JsonParser json) {
        var members = new TreeMap<String, String>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            json.nextToken();
            var value = canonical(json);
            if (!value.equals("null") && !(name.equals("commitment") && value.equals(DEFAULT_COMMITMENT))) {
                members.put(name, value);
            }
        }
        var text = new StringBuilder("{");
        members.forEach((name, value) -> text.append(text.length() > 1 ? "," : "")
                .append(quoted(name))
                .append(':')
                .append(value));
        return text.append('}').toString();
    }

    /// Nodes read it: what it says may hold any character.
    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }
}
