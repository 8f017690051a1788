package io.streamsync.protocol.market;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the canonical JSON of a snapshot, and nothing else: the members and their order are in [SnapshotWriter].
final class SnapshotJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SnapshotJson() {}

    static byte[] canonical(MarketSnapshot snapshot) {
        return new SnapshotWriter().write(snapshot);
    }

    static MarketSnapshot parse(byte[] canonical) {
        try {
            var snapshot = snapshot(JSON.readTree(canonical));
            if (Arrays.equals(snapshot.canonical(), canonical)) {
                return snapshot;
            }
        } catch (JacksonException notJson) {
            throw new IllegalArgumentException("not a snapshot", notJson);
        }
        throw new IllegalArgumentException("not the canonical form of a snapshot");
    }

    private static MarketSnapshot snapshot(JsonNode json) {
        return MarketSnapshot.of(
                json.required("parametersVersion").stringValue(),
                operators(json.required("operators")),
                nodes(json.required("nodes")));
    }

    private static List<ListedOperator> operators(JsonNode json) {
        var operators = new ArrayList<ListedOperator>();
        for (var operator : json) {
            operators.add(new ListedOperator(
                    new OperatorId(operator.required("id").stringValue()),
                    new OperatorId(operator.required("countsAs").stringValue()),
                    Long.parseLong(operator.required("bondedStake").stringValue()),
                    operator.required("accuracy").intValue(),
                    operator.required("flagged").booleanValue()));
        }
        return operators;
    }

    private static List<ListedNode> nodes(JsonNode json) {
        var nodes = new ArrayList<ListedNode>();
        for (var node : json) {
            nodes.add(new ListedNode(
                    new NodeId(node.required("id").stringValue()),
                    new OperatorId(node.required("operatorId").stringValue()),
                    NodeState.valueOf(node.required("state").stringValue()),
                    node.required("uptime").intValue(),
                    offers(node.required("offers"))));
        }
        return nodes;
    }

    private static Map<QueryClass, Offer> offers(JsonNode json) {
        var offers = new EnumMap<QueryClass, Offer>(QueryClass.class);
        for (var offer : json.properties()) {
            var queryClass = QueryClass.ofWireName(offer.getKey())
                    .orElseThrow(() -> new IllegalArgumentException("no query class: " + offer.getKey()));
            offers.put(queryClass, offer(offer.getValue()));
        }
        return offers;
    }

    private static Offer offer(JsonNode json) {
        return new Offer(
                new Ask(
                        Long.parseLong(json.required("price").stringValue()),
                        json.required("guaranteedLatencyMs").intValue(),
                        json.required("capacity").intValue()),
                json.required("performance").intValue(),
                json.required("quality").intValue());
    }
}
