package io.streamsync.launcher.demo;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// An operator of an earlier demo withdraws its nodes from the market; its processes ended with that demo.
///
/// @param api without a token
record Departure(Api api, Wallet wallet) {

    private static final String OPERATORS = "/v1/operators";

    /// @return whether there was such an operator
    boolean run() {
        var operator = itself();
        operator.ifPresent(
                found -> withdraw(OPERATORS + "/" + found.path("operatorId").asString() + "/nodes"));
        return operator.isPresent();
    }

    private void withdraw(String nodes) {
        var session = api.as(wallet.signIn(api));
        session.get(nodes + "?limit=500")
                .path("items")
                .valueStream()
                .forEach(node -> session.answer(
                                "DELETE", nodes + "/" + node.path("nodeId").asString(), Map.of())
                        .expected());
    }

    private Optional<JsonNode> itself() {
        var cursor = "";
        do {
            var page = api.get(OPERATORS + "?limit=500" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            var found = page.path("items")
                    .valueStream()
                    .filter(operator -> operator.path("wallet").asString("").equals(wallet.address()))
                    .findAny();
            if (found.isPresent()) {
                return found;
            }
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        return Optional.empty();
    }
}
