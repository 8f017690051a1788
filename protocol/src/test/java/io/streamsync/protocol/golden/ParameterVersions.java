package io.streamsync.protocol.golden;

import static io.streamsync.protocol.golden.GoldenJson.object;

import io.streamsync.protocol.parameters.Parameters;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Overrides to the version and the published values.
final class ParameterVersions implements GoldenFile {

    @Override
    public String name() {
        return "parameters.json";
    }

    @Override
    public List<Map<String, Object>> inputs() {
        return List.of(
                object("parameters", Map.of()),
                object("parameters", object("epoch", "300s", "hold", 86_400_000)),
                object("parameters", object("epoch", "10s", "hold", 0, "minimumStake", "2.50")),
                object("parameters", object("checkingPlaces", 0)));
    }

    @Override
    public Map<String, Object> expected(JsonNode input) {
        var parameters = Parameters.defaults().with(Fees.overrides(input));
        return object("version", parameters.version(), "published", parameters.published());
    }
}
