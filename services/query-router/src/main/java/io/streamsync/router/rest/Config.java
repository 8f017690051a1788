package io.streamsync.router.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The parameters of a REST query that become the method's config: digits are numbers, `true` and `false` booleans,
/// everything else a text; `dataSlice.offset` is a member of an object. The customer's wishes and the key are none.
final class Config {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,63}");
    /// Within what nodes read as a number: a slot is a u64.
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,17})");

    private static final Set<String> STREAMSYNC = Set.of(
            "api-key",
            "max-latency",
            "max-price",
            "prefer",
            "racers",
            "verify",
            "operators",
            "exclude-operators",
            "min-slot");

    private final Map<String, String> values = new TreeMap<>();

    Config(Map<String, List<String>> parameters) {
        parameters.forEach((name, given) -> {
            if (!STREAMSYNC.contains(name)) {
                values.put(name, one(name, given));
            }
        });
    }

    /// A parameter of the path's own, which is not passed on; null where it is not given.
    @Nullable
    String take(String name) {
        return values.remove(name);
    }

    /// @param encoding what nodes should answer in where the customer does not say
    Config withDefault(String name, String encoding) {
        values.putIfAbsent(name, encoding);
        return this;
    }

    /// Writes the rest as members of an object.
    ObjectNode addTo(ObjectNode object) {
        values.forEach((name, value) -> add(object, name, value));
        return object;
    }

    ObjectNode object() {
        return addTo(JSON.objectNode());
    }

    private static void add(ObjectNode object, String name, String value) {
        var path = new ArrayList<>(List.of(name.split("\\.", -1)));
        if (path.size() > 2
                || !path.stream().allMatch(part -> NAME.matcher(part).matches())) {
            throw new InvalidPartException(name, "neither a wish nor a name of the method's config");
        }
        var last = path.removeLast();
        var parent = path.isEmpty() ? object : object(object, path.getFirst(), name);
        if (parent.has(last)) {
            throw new InvalidPartException(name, "given twice");
        }
        parent.set(last, typed(value));
    }

    private static ObjectNode object(ObjectNode parent, String member, String name) {
        return switch (parent.get(member)) {
            case null -> parent.putObject(member);
            case ObjectNode known -> known;
            default -> throw new InvalidPartException(name, "given twice");
        };
    }

    /// Readers differ in which of two they believe.
    private static String one(String name, List<String> given) {
        if (given.size() != 1) {
            throw new InvalidPartException(name, "given twice");
        }
        return given.getFirst();
    }

    private static JsonNode typed(String value) {
        if (NUMBER.matcher(value).matches()) {
            return JSON.numberNode(Long.parseLong(value));
        }
        return "true".equals(value) || "false".equals(value)
                ? JSON.booleanNode(Boolean.parseBoolean(value))
                : JSON.stringNode(value);
    }
}
