package io.streamsync.launcher.demo;

import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A customer's account, opened and paid into like anybody's.
///
/// @param asking the API with the key that asks
/// @param managing the API with the key that moves money
record CustomerAccount(String accountId, Amount deposited, Api asking, Api managing) {

    /// @param api without a token
    static CustomerAccount open(Api api, Amount deposit) {
        var account = api.post("/v1/accounts", Map.of());
        var managing = api.as(account.path("managementKey").asString());
        managing.post("/v1/account/deposits", Map.of("asset", "USDC", "amount", deposit.decimal(), "rail", "sandbox"));
        var asking = api.as(account.path("apiKey").asString());
        return new CustomerAccount(account.path("accountId").asString(), deposit, asking, managing);
    }

    JsonNode state() {
        return managing.get("/v1/account");
    }

    /// What was charged less what was refunded, in the last 24 hours.
    Amount usage() {
        return managing.get("/v1/account/usage?groupBy=method&limit=500")
                .path("items")
                .valueStream()
                .map(item -> usdc(item.path("paid")))
                .reduce(Amount.usdc(0), Amount::plus);
    }

    /// All of them, newest first.
    List<JsonNode> refunds() {
        var refunds = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = managing.get("/v1/account/refunds?limit=500" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.path("items").forEach(refunds::add);
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        return refunds;
    }

    /// Those for wrong answers, by race: what had been charged and was given back.
    Map<String, Amount> wrongAnswers() {
        return refunds().stream()
                .filter(refund -> refund.path("reason").asString("").equals("WRONG_ANSWER"))
                .collect(Collectors.toMap(
                        refund -> refund.path("raceId").asString(""), refund -> usdc(refund.path("amount"))));
    }

    static Amount usdc(JsonNode decimal) {
        return Amount.parse(Asset.USDC, decimal.asString("0"));
    }
}
