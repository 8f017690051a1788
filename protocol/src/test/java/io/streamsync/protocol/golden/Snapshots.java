package io.streamsync.protocol.golden;

import static io.streamsync.protocol.golden.GoldenJson.object;

import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.Markets;
import io.streamsync.protocol.market.OperatorId;
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
    static final MarketSnapshot FLAGGED = flagged();
    static final Map<String, MarketSnapshot> ALL = Map.of(
            "snapshot-flagged.json", FLAGGED,
            "snapshot-empty.json", new Markets().snapshot(),
            "snapshot-young.json", YOUNG,
            "snapshot-grown.json", GROWN);

    private static MarketSnapshot flagged() {
        var market = new Markets();
        for (var name : List.of("ann", "ben", "cat", "dan", "eve")) {
            market.operator(name, 4_000L);
        }
        for (var name : List.of("fay", "gus")) {
            market.operator(new ListedOperator(
                            new OperatorId(name), new OperatorId(name), 10_000 * Markets.STRM, 500_000, true))
                    .node(name + "-1", name, 90_000)
                    .onProbation(name + "-2", name, 90_000);
        }
        return market.snapshot();
    }

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
