package io.streamsync.protocol.golden;

import static io.streamsync.protocol.golden.GoldenJson.object;

import io.streamsync.protocol.market.Quality;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Scores and stakes to qualities.
final class Qualities implements GoldenFile {

    @Override
    public String name() {
        return "qualities.json";
    }

    @Override
    public List<Map<String, Object>> inputs() {
        return List.of(
                scores(1_000_000, 1_000_000, 1_000_000, "10000000000000"),
                scores(500_000, 800_000, 500_000, "10000000000000"),
                scores(333_333, 999_999, 123_457, "27182818284590"),
                scores(0, 0, 0, "1"),
                scores(1_000_000, 1_000_000, 1_000_000, "9223372036854775807"));
    }

    private static Map<String, Object> scores(int performance, int accuracy, int uptime, String bondedStake) {
        return object(
                "performance", performance,
                "accuracy", accuracy,
                "uptime", uptime,
                "bondedStake", bondedStake,
                "minimumStake", "10000000000000");
    }

    @Override
    public Map<String, Object> expected(JsonNode input) {
        return object(
                "quality",
                Quality.of(
                        input.required("performance").intValue(),
                        input.required("accuracy").intValue(),
                        input.required("uptime").intValue(),
                        Long.parseLong(input.required("bondedStake").stringValue()),
                        Long.parseLong(input.required("minimumStake").stringValue())));
    }
}
