package io.streamsync.router.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamsync.router.node.ScriptedNode.Asked;
import io.streamsync.router.node.ScriptedNode.Said;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// For every method a result that looks like one of it, at slot 90.
public final class HonestResults {

    private static final Pattern METHOD = Pattern.compile("\"method\":\"(\\w+)\"");
    private static final Map<String, String> SHAPES = shapes();

    private HonestResults() {}

    /// What an honest node says to whatever it is asked.
    public static Said to(Asked asked) {
        return Said.result(of(methodOf(asked)));
    }

    public static String methodOf(Asked asked) {
        var method = METHOD.matcher(asked.body());
        return method.find() ? method.group(1) : "";
    }

    public static String of(String method) {
        return of(method, form -> switch (form) {
            case "number", "integer" -> method.equals("getSlot") ? "90" : "7";
            case "text" -> "\"ok\"";
            case "hash" -> '"' + "4".repeat(43) + '"';
            case "signature" -> '"' + "1".repeat(64) + '"';
            case "flag" -> "true";
            case "list" -> "[7]";
            default -> "{\"a\":7}";
        });
    }

    /// @param value for a form of the table of shapes, a value
    public static String of(String method, UnaryOperator<String> value) {
        var shape = SHAPES.getOrDefault(method, "context/number").split("[|?]", -1)[0];
        return shape.startsWith("context/")
                ? "{\"context\":{\"slot\":90},\"value\":" + value.apply(shape.substring("context/".length())) + "}"
                : value.apply(shape);
    }

    private static Map<String, String> shapes() {
        try (var in = HonestResults.class.getResourceAsStream("/io/streamsync/protocol/answer/shapes.csv")) {
            var shapes = new TreeMap<String, String>();
            new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> line.matches("\\w+,[^,]+"))
                    .forEach(line ->
                            shapes.put(line.substring(0, line.indexOf(',')), line.substring(line.indexOf(',') + 1)));
            return shapes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
