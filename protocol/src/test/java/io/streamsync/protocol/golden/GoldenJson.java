package io.streamsync.protocol.golden;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.settlement.SettlementHeader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The JSON of the golden files: ids as strings, the same text on every machine.
final class GoldenJson {

    static final JsonMapper JSON = JsonMapper.builder()
            .addMixIn(NodeId.class, Id.class)
            .addMixIn(OperatorId.class, Id.class)
            .addMixIn(SettlementHeader.class, OfItsFormat.class)
            .build();

    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

    private GoldenJson() {}

    static String write(GoldenFile file) {
        var cases = new ArrayList<Map<String, Object>>();
        for (var input : file.inputs()) {
            cases.add(object("input", input, "expected", file.expected(tree(input))));
        }
        return JSON.writer()
                        .with(new DefaultPrettyPrinter()
                                .withObjectIndenter(INDENT)
                                .withArrayIndenter(INDENT))
                        .writeValueAsString(cases)
                + "\n";
    }

    /// As it reads from a file.
    static JsonNode tree(Object value) {
        return JSON.readTree(JSON.writeValueAsString(value));
    }

    /// Names and values in turn, in that order.
    static Map<String, Object> object(Object... namesAndValues) {
        var object = new LinkedHashMap<String, Object>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            object.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return object;
    }

    static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }

    /// A header of the first format has no more than it had.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private interface OfItsFormat {}

    @SuppressWarnings("UnusedVariable") // of a mix-in only the signatures are read
    private interface Id {

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static void of(String value) {}

        @JsonValue
        String value();
    }
}
