package io.streamsync.launcher.demo;

import io.streamsync.protocol.money.Amount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What anybody can see of the market without a key.
///
/// @param api without a token
record PublicMarket(Api api) {

    /// Operators whose lookups could be drawn now.
    Set<String> sellers() {
        return asks().stream().map(ask -> ask.path("operatorId").asString("")).collect(Collectors.toSet());
    }

    /// What a node asks for a lookup in the market's snapshot; nothing when it is not for sale.
    Optional<Amount> price(String nodeId) {
        return asks().stream()
                .filter(ask -> ask.path("nodeId").asString("").equals(nodeId))
                .map(ask -> CustomerAccount.usdc(ask.path("price")))
                .findAny();
    }

    /// By operator: its nodes as `GET /v1/reputations` shows them.
    Map<String, List<JsonNode>> reputations() {
        return api.get("/v1/reputations?limit=500")
                .path("items")
                .valueStream()
                .collect(Collectors.groupingBy(node -> node.path("operatorId").asString("")));
    }

    /// An operator's accuracy, the same for all its nodes.
    double accuracy(String operatorId) {
        return mean(operatorId, "accuracy");
    }

    double uptime(String operatorId) {
        return mean(operatorId, "uptime");
    }

    /// Whether its answers differ too often from the others'.
    boolean isFlagged(String operatorId) {
        return reputations().getOrDefault(operatorId, List.of()).stream()
                .anyMatch(node -> node.path("flagged").asBoolean(false));
    }

    JsonNode network() {
        return api.get("/v1/network");
    }

    private double mean(String operatorId, String score) {
        return reputations().getOrDefault(operatorId, List.of()).stream()
                .mapToDouble(node -> node.path(score).asDouble(0))
                .average()
                .orElse(0);
    }

    private List<JsonNode> asks() {
        return api.post("/v1/quotes", Map.of("method", "getBalance"))
                .path("asks")
                .valueStream()
                .toList();
    }
}
