package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.Market.Account;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Subscriptions of web3.js and kit while the nodes that serve them go down: what they bring, and what they cost.
class SubscriptionTests {

    /// Some four seconds of slots for two clients: by then another node is in a lost one's place.
    private static final int REPLACED = 20;

    /// Notifications on their way while a client unsubscribes: it counts them no more.
    private static final int ON_THEIR_WAY = 10;

    private static final BigDecimal NOTIFICATIONS_PER_ASK = BigDecimal.valueOf(100);
    private static final int DECIMALS = 9;

    private final Market market = Market.running();
    private final Account account = market.openAccount("1.00");

    @Test
    void loseAndRepeatNothingWhileNodesGoDownAndCostWhatTheyBrought() {
        var client = JavaScriptClient.start(account, "subscriptions", List.of());
        await().atMost(Market.PATIENCE)
                .failFast(
                        "it ended: see " + client.output(),
                        () -> !client.process().isAlive())
                .until(() -> client.said().contains("ready"));

        losesItsNodes();
        losesItsNodes();
        var counted = client.toItsEnd().result();

        Books.agree(account, "1.00", client.log());
        assertThat(of("slotSubscribe")).as("nobody had to subscribe again").hasSize(2);
        assertThat(notifications("slotSubscribe"))
                .isBetween(
                        counted.path("slotSubscribe").asLong(),
                        counted.path("slotSubscribe").asLong() + 2 * ON_THEIR_WAY);
        for (var method : List.of("logsSubscribe", "signatureSubscribe")) {
            assertThat(notifications(method))
                    .as(method)
                    .isEqualTo(counted.path(method).asLong());
        }
        assertThat(subscriptions()).allSatisfy(this::costsAnAskAndAHundredthForEachNotification);
    }

    /// All nodes of the operator that told the last slot, until others have told a few more.
    private void losesItsNodes() {
        await().atMost(Market.PATIENCE).until(() -> notifications("slotSubscribe") > 0);
        var lost = Enrolled.of(
                market, of("slotSubscribe").getFirst().path("operatorId").asString());
        var before = notifications("slotSubscribe");
        try {
            lost.control("{\"down\":true}");
            await().atMost(Market.PATIENCE).until(() -> notifications("slotSubscribe") > before + REPLACED);
            assertThat(of("slotSubscribe"))
                    .allSatisfy(subscription -> assertThat(
                                    subscription.path("operatorId").asString())
                            .isNotEqualTo(lost.id()));
        } finally {
            lost.control("{\"down\":false}");
        }
    }

    private void costsAnAskAndAHundredthForEachNotification(JsonNode subscription) {
        var asks = market.api()
                .post("/v1/quotes", "{\"method\":\"getBalance\"}")
                .json()
                .path("asks")
                .valueStream()
                .map(ask -> Books.decimal(ask, "price"))
                .toList();
        var times = BigDecimal.ONE.add(
                BigDecimal.valueOf(subscription.path("notifications").asLong()).divide(NOTIFICATIONS_PER_ASK));
        assertThat(Books.decimal(subscription, "charged"))
                .isBetween(
                        asks.getFirst().multiply(times).setScale(DECIMALS, RoundingMode.DOWN),
                        asks.getLast().multiply(times));
    }

    private long notifications(String method) {
        return of(method).stream()
                .mapToLong(subscription -> subscription.path("notifications").asLong())
                .sum();
    }

    private List<JsonNode> of(String method) {
        return subscriptions().stream()
                .filter(subscription ->
                        method.equals(subscription.path("method").asString()))
                .toList();
    }

    private List<JsonNode> subscriptions() {
        return account.queries().items("/v1/account/subscriptions");
    }
}
