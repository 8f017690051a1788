package io.streamsync.protocol.golden;

import static io.streamsync.protocol.golden.GoldenJson.object;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.draw.Draw;
import io.streamsync.protocol.draw.Drawn;
import io.streamsync.protocol.draw.Field;
import io.streamsync.protocol.draw.Preference;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.draw.Usability;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.protocol.parameters.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// Snapshot, terms, secret, address, request and skips to the places.
final class Draws implements GoldenFile {

    @Override
    public String name() {
        return "draws.json";
    }

    @Override
    public List<Map<String, Object>> inputs() {
        var inputs = new ArrayList<Map<String, Object>>();
        for (var sequence = 0; sequence < 12; sequence++) {
            inputs.add(race("snapshot-grown.json", "getAccountInfo", terms("balanced", 3, 0), sequence, Map.of()));
        }
        for (var sequence = 0; sequence < 4; sequence++) {
            inputs.add(race("snapshot-young.json", "getBalance", terms("fastest", 3, 0), sequence, Map.of()));
            inputs.add(race("snapshot-grown.json", "getSlot", terms("cheapest", 2, 3), sequence, Map.of()));
        }
        for (var sequence = 20; sequence < 26; sequence++) {
            var race = race("snapshot-grown.json", "getBalance", terms("balanced", 3, 0), sequence, Map.of());
            race.put("parameters", object("explorationProbability", 700_000));
            inputs.add(race);
        }
        inputs.add(race("snapshot-empty.json", "getBalance", terms("balanced", 3, 0), 1, Map.of()));
        inputs.add(race("snapshot-grown.json", "getHealth", terms("balanced", 3, 0), 1, Map.of()));
        inputs.add(race("snapshot-grown.json", "sendTransaction", terms("balanced", 5, 0), 1, Map.of()));
        inputs.add(race("snapshot-grown.json", "requestAirdrop", terms("balanced", 5, 0), 1, Map.of()));
        for (var sequence = 30; sequence < 33; sequence++) {
            inputs.add(race("snapshot-flagged.json", "getBalance", terms("balanced", 3, 0), sequence, Map.of()));
        }
        inputs.add(narrow());
        inputs.add(choosing());
        inputs.add(skipping());
        inputs.add(skippingAll());
        return inputs;
    }

    private static Map<String, Object> race(
            String snapshot, String method, Map<String, Object> terms, long sequence, Map<String, Object> skips) {
        return object(
                "snapshot",
                snapshot,
                "queryClass",
                "lookup",
                "method",
                method,
                "parameters",
                Map.of(),
                "terms",
                terms,
                "secret",
                "5e".repeat(32),
                "router",
                1,
                "incarnation",
                7,
                "sequence",
                sequence,
                "requestHash",
                HexFormat.of().formatHex(Sha256.of(("request " + sequence).getBytes(StandardCharsets.UTF_8))),
                "skips",
                skips);
    }

    private static Map<String, Object> terms(String prefer, int racers, int stagedRacers) {
        return object(
                "prefer",
                prefer,
                "maxPriceNano",
                OptionalLong.empty(),
                "maxLatencyMs",
                OptionalInt.empty(),
                "racers",
                racers,
                "stagedRacers",
                stagedRacers,
                "only",
                List.of(),
                "exclude",
                List.of());
    }

    private static Map<String, Object> narrow() {
        var terms = terms("balanced", 3, 0);
        terms.put("maxPriceNano", 6_000);
        terms.put("maxLatencyMs", 150);
        terms.put("exclude", List.of("operator-1", "operator-3", "operator-5", "operator-7", "operator-9"));
        return race("snapshot-grown.json", "getAccountInfo", terms, 5, Map.of());
    }

    private static Map<String, Object> choosing() {
        var terms = terms("balanced", 3, 0);
        terms.put("only", List.of("operator-0", "operator-2", "operator-6", "operator-8", "operator-14"));
        return race("snapshot-grown.json", "getAccountInfo", terms, 8, Map.of());
    }

    private static Map<String, Object> skipping() {
        var skips = object();
        for (var node : Snapshots.GROWN.nodes()) {
            if (!node.id().value().endsWith("-2")) {
                skips.put(node.id().value(), "CAPACITY");
            }
        }
        return race("snapshot-grown.json", "getAccountInfo", terms("balanced", 5, 0), 6, skips);
    }

    private static Map<String, Object> skippingAll() {
        var skips = object();
        for (var node : Snapshots.YOUNG.nodes()) {
            skips.put(node.id().value(), "BEHIND");
        }
        return race("snapshot-young.json", "getAccountInfo", terms("balanced", 3, 0), 7, skips);
    }

    @Override
    public Map<String, Object> expected(JsonNode input) {
        var snapshot = Snapshots.read(input);
        var parameters = Parameters.defaults().with(Fees.overrides(input));
        var terms = terms(input.required("terms"));
        var queryClass = QueryClass.ofWireName(input.required("queryClass").stringValue())
                .orElseThrow();
        var field = Field.of(snapshot, parameters, queryClass, terms);
        var drawn = Draw.of(
                field,
                SolanaMethods.find(input.required("method").stringValue()).orElseThrow(),
                terms,
                parameters,
                Numbers.randomness(input),
                usability(input.required("skips")));
        return object(
                "snapshotHash", snapshot.hash(),
                "medianAskNano", field.medianAsk(),
                "candidates",
                        field.candidates().stream()
                                .map(candidate -> object(
                                        "nodeId", candidate.node().id(),
                                        "countsAs", candidate.countsAs(),
                                        "weight", Long.toString(candidate.weight())))
                                .toList(),
                "leftOut",
                        field.leftOut().stream()
                                .map(left -> object("nodeId", left.nodeId(), "reason", left.reason()))
                                .toList(),
                "places", places(drawn),
                "skipped",
                        drawn.skipped().stream()
                                .map(skipped -> object("nodeId", skipped.nodeId(), "reason", skipped.reason()))
                                .toList(),
                "checked", drawn.checked(),
                "unvoted", drawn.unvoted());
    }

    private static List<Map<String, Object>> places(Drawn drawn) {
        return drawn.places().stream()
                .map(placed -> object(
                        "nodeId", placed.node().id(),
                        "operatorId", placed.node().operatorId(),
                        "place", placed.place().wireName(),
                        "priceNano", placed.ask().priceNano()))
                .toList();
    }

    private static Usability usability(JsonNode skips) {
        return (node, _, _) -> {
            var reason = skips.get(node.id().value());
            return reason == null ? null : SkipReason.valueOf(reason.stringValue());
        };
    }

    private static Terms terms(JsonNode terms) {
        var price = terms.required("maxPriceNano");
        var latency = terms.required("maxLatencyMs");
        return new Terms(
                Preference.valueOf(terms.required("prefer").stringValue().toUpperCase(Locale.ROOT)),
                price.isNull() ? OptionalLong.empty() : OptionalLong.of(price.longValue()),
                latency.isNull() ? OptionalInt.empty() : OptionalInt.of(latency.intValue()),
                terms.required("racers").intValue(),
                terms.required("stagedRacers").intValue(),
                false,
                operators(terms.required("only")),
                operators(terms.required("exclude")));
    }

    private static List<OperatorId> operators(JsonNode ids) {
        return GoldenJson.strings(ids).stream().map(OperatorId::new).toList();
    }
}
