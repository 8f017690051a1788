package io.streamsync.protocol.golden;

import static io.streamsync.protocol.golden.GoldenJson.object;

import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.Markets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Snapshots as files of canonical bytes, and their names.
final class Snapshots implements GoldenFile {

    static final MarketSnapshot YOUNG = new Markets()
            .operator("ada", 4_000L)
            .operator("bob", 25_000)
            .node("bob-1", "bob", 3_000)
            .node("bob-2", "bob", 5_000)
            .operator("bob-too", "bob", 12_000)
            .node("bob-too-1", "bob-too", 2_500)
            .operator("cyd", 10_000)
            .onProbation("cyd-1", "cyd", 3_900)
            .snapshot();
    static final MarketSnapshot GROWN = Markets.any(2033, 16);
    static final Map<String, MarketSnapshot> ALL = Map.of(
            "snapshot-empty.json", new Markets().snapshot(),
            "snapshot-young.json", YOUNG,
            "snapshot-grown.json", GROWN);

    @Override
    public String name() {
        return "snapshots.json";
    }

    @Override
    public List<Map<String, Object>> inputs() {
        return ALL.keySet().stream()
                .sorted()
                .map(file -> object("snapshot", file))
                .toList();
    }

    @Override
    public Map<String, Object> expected(JsonNode input) {
        var snapshot = read(input);
        return object(
                "hash", snapshot.hash(),
                "operators", snapshot.operators().size(),
                "nodes", snapshot.nodes().size());
    }

    static MarketSnapshot read(JsonNode input) {
        return MarketSnapshot.parse(GoldenFiles.read(input.required("snapshot").stringValue()));
    }
}
