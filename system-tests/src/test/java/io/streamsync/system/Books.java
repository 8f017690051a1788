package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.ClientLog.Entry;
import io.streamsync.system.Market.Account;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// An account as the market shows it from every side, held against the log of its client, to the last nano-unit.
record Books(Account account, BigDecimal deposited, ClientLog log) {

    private static final List<String> GROUPINGS = List.of("hour", "day", "method", "operator");

    /// A race is settled once its verdicts are in (2 s) and posted; on a busy machine that takes its time.
    static void agree(Account account, String deposited, ClientLog log) {
        var books = new Books(account, new BigDecimal(deposited), log);
        await().atMost(Market.PATIENCE).untilAsserted(books::check);
    }

    /// As they stand now.
    void check() {
        var refunds = account.management().items("/v1/account/refunds");
        var paid = log.prices().subtract(returnedLater(refunds)).add(subscriptions());
        var state = account.state();
        assertThat(decimal(state, "balance")).as("balance").isEqualByComparingTo(deposited.subtract(paid));
        assertThat(decimal(state, "available").add(decimal(state, "reserved")))
                .as("available and reserved")
                .isEqualByComparingTo(decimal(state, "balance"));
        if (allToday()) {
            assertThat(decimal(state, "spentToday").subtract(decimal(state, "refundedToday")))
                    .as("spent less refunded")
                    .isEqualByComparingTo(paid);
        }
        assertThat(sum(account.management().items("/v1/account/entries"), "amount"))
                .as("entries")
                .isEqualByComparingTo(decimal(state, "balance"));
        checkSubscriptions();
        GROUPINGS.forEach(grouping -> checkUsage(grouping, paid, sum(refunds, "amount")));
    }

    /// Not when midnight came while the client asked.
    private boolean allToday() {
        var today = LocalDate.now(ZoneOffset.UTC).toString();
        return account.management().items("/v1/account/usage?groupBy=day").stream()
                .allMatch(day -> day.path("key").asString().startsWith(today));
    }

    private void checkSubscriptions() {
        assertThat(sum(account.management().items("/v1/account/subscriptions"), "charged"))
                .as("subscriptions")
                .isEqualByComparingTo(subscriptions());
    }

    private void checkUsage(String grouping, BigDecimal paid, BigDecimal refunded) {
        var usage = account.management().items("/v1/account/usage?groupBy=" + grouping);
        assertThat(sum(usage, "paid")).as("usage by " + grouping).isEqualByComparingTo(paid);
        assertThat(sum(usage, "refunded")).as("refunded by " + grouping).isEqualByComparingTo(refunded);
        assertThat(sum(usage, "charged").subtract(sum(usage, "refunded"))).isEqualByComparingTo(sum(usage, "paid"));
    }

    /// What headers named as charged and came back after the answer: proven wrong.
    private BigDecimal returnedLater(List<JsonNode> refunds) {
        Map<String, Entry> charged = log.entries().stream()
                .filter(entry -> !entry.race().isEmpty() && entry.price().signum() > 0)
                .collect(Collectors.toMap(Entry::race, Function.identity()));
        var later = refunds.stream()
                .filter(refund -> charged.containsKey(refund.path("raceId").asString()))
                .toList();
        assertThat(later)
                .allSatisfy(
                        refund -> assertThat(refund.path("reason").asString()).isEqualTo("WRONG_ANSWER"));
        return sum(later, "amount");
    }

    /// Charged over the WebSocket, where no header tells a price.
    private BigDecimal subscriptions() {
        return sum(
                account.management().items("/v1/account/usage?groupBy=method").stream()
                        .filter(usage -> usage.path("key").asString().endsWith("Subscribe"))
                        .toList(),
                "paid");
    }

    static BigDecimal decimal(JsonNode node, String field) {
        return new BigDecimal(node.path(field).asString());
    }

    static BigDecimal sum(List<JsonNode> items, String field) {
        return items.stream().map(item -> decimal(item, field)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
