package io.streamsync.protocol.golden;

import static io.streamsync.protocol.golden.GoldenJson.object;

import io.streamsync.protocol.fee.FeeSplit;
import io.streamsync.protocol.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A fee and the shares to its split.
final class Fees implements GoldenFile {

    @Override
    public String name() {
        return "fees.json";
    }

    @Override
    public List<Map<String, Object>> inputs() {
        var inputs = new ArrayList<Map<String, Object>>();
        for (var fee : List.of("0", "1", "9", "10", "4000", "4001", "999999999", "9223372036854775807")) {
            inputs.add(object("feeNano", fee, "parameters", Map.of(), "verifiers", 2));
        }
        inputs.add(object(
                "feeNano",
                "123457",
                "parameters",
                object("operatorShare", 3333, "verifiersShare", 3333, "stakersShare", 3333),
                "verifiers",
                3));
        return inputs;
    }

    @Override
    public Map<String, Object> expected(JsonNode input) {
        var split = FeeSplit.of(
                Long.parseLong(input.required("feeNano").stringValue()),
                Parameters.defaults().with(overrides(input)));
        return object(
                "operator", Long.toString(split.operator()),
                "verifiers", Long.toString(split.verifiers()),
                "stakers", Long.toString(split.stakers()),
                "treasury", Long.toString(split.treasury()),
                "perVerifier",
                        Long.toString(
                                split.perVerifier(input.required("verifiers").intValue())));
    }

    @SuppressWarnings("unchecked")
    static Map<String, ?> overrides(JsonNode input) {
        return GoldenJson.JSON.convertValue(input.required("parameters"), Map.class);
    }
}
