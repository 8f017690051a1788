package io.streamsync.launcher.demo;

import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.protocol.money.Amount;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// A node of devnet that runs: a process of one operator.
record DevnetNode(String operator, int port, long pid, ObjectNode plan, Map<String, ObjectNode> operatorAsks) {

    private static final String ASKS = "asks";

    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    boolean isAt(String url) {
        return url.equals(endpoint()) || url.equals(endpoint() + "/");
    }

    /// By query class.
    Map<String, ObjectNode> asks() {
        var asks = new LinkedHashMap<>(operatorAsks);
        plan.path(ASKS).properties().forEach(own -> asks.put(own.getKey(), (ObjectNode) own.getValue()));
        return asks;
    }

    Amount price(String queryClass) {
        var ask = asks().get(queryClass);
        return ask == null ? Amount.usdc(0) : CustomerAccount.usdc(ask.path("price"));
    }

    /// Tells the node whose it is, which it serves to whoever checks the endpoint, and how to behave.
    ///
    /// @throws Obstacle when it does not take it
    void belongTo(String operatorId) {
        var settings = plan.deepCopy();
        settings.remove(ASKS);
        settings.put("operatorId", operatorId);
        control(settings);
    }

    /// Alters the answers with this probability.
    void lie(double probability) {
        control(Map.of("lie", probability));
    }

    private void control(Object settings) {
        new Api(endpoint(), "").post("/control", settings);
    }
}
