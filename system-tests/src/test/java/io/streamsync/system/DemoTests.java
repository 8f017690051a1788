package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.Market.Account;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the demo claims, asserted from outside: by its own account's books, and by doing the same again.
class DemoTests {

    private static final String SYSTEM_PROGRAM = "[\"11111111111111111111111111111111\"]";

    private final Market market = Market.running();
    private final Account demo = market.demoAccount();

    @Test
    void heldAllOfItsClaims() {
        assertThat(market.story()).contains("holds: ").doesNotContain("did not hold");
    }

    @Test
    void paidForEveryRaceAndForNothingElse() {
        var races = races();
        var state = demo.state();

        assertThat(races).hasSizeGreaterThan(100);
        assertThat(paid(races))
                .isEqualByComparingTo(Books.sum(demo.management().items("/v1/account/usage?groupBy=method"), "paid"));
        assertThat(Books.sum(demo.management().items("/v1/account/entries"), "amount"))
                .isEqualByComparingTo(Books.decimal(state, "balance"));
    }

    @Test
    void sharedEachPriceWithoutARest() {
        var paid = races().stream()
                .filter(race ->
                        race.path("refund").isNull() && race.path("winner").isObject())
                .toList();

        assertThat(paid).isNotEmpty().allSatisfy(race -> {
            var split = race.path("split").valueStream().toList();
            assertThat(Books.sum(split, "amount")).isEqualByComparingTo(Books.decimal(race, "price"));
            assertThat(split.stream()
                            .mapToInt(share -> share.path("basisPoints").asInt())
                            .sum())
                    .isEqualTo(10_000);
            assertThat(split.getFirst().path("to").asString())
                    .isEqualTo("operator:" + race.at("/winner/operatorId").asString());
            assertThat(split.getFirst().path("basisPoints").asInt()).isEqualTo(5_000);
        });
    }

    @Test
    void refundedEveryMissedPromise() {
        var refunds = demo.queries().items("/v1/account/refunds");
        var missed = races().stream()
                .filter(race ->
                        race.path("sla").isObject() && !race.at("/sla/met").asBoolean())
                .map(race -> race.path("raceId").asString())
                .toList();

        assertThat(missed).isNotEmpty();
        assertThat(refunds.stream()
                        .filter(refund ->
                                "SLA_MISSED".equals(refund.path("reason").asString()))
                        .map(refund -> refund.path("raceId").asString()))
                .containsExactlyInAnyOrderElementsOf(missed);
    }

    @Test
    void foundTheLiarAndRefundedItsVictims() {
        var contradicted = races().stream()
                .filter(race -> "CONTRADICTED".equals(race.path("status").asString()))
                .toList();
        var liars = contradicted.stream()
                .map(race -> race.at("/winner/operatorId").asString())
                .distinct()
                .toList();

        assertThat(contradicted).allSatisfy(race -> {
            assertThat(race.at("/refund/reason").asString()).isEqualTo("WRONG_ANSWER");
            assertThat(race.at("/refund/amount").asString())
                    .isEqualTo(race.path("price").asString());
            assertThat(race.path("racers").findValuesAsString("verdict").stream()
                            .filter("disagrees"::equals))
                    .hasSizeGreaterThanOrEqualTo(2);
        });
        assertThat(liars).as("only the liar is accused").hasSize(1);
        var accuracies = market.api().items("/v1/reputations");
        assertThat(accuracyOf(accuracies, liars.getFirst()))
                .isLessThan(accuracies.stream()
                        .filter(node -> !liars.contains(node.path("operatorId").asString()))
                        .mapToDouble(node -> node.path("accuracy").asDouble())
                        .max()
                        .orElseThrow());
    }

    @Test
    void drawsACheaperOperatorMoreOften() {
        var operator = Enrolled.named(market, "Alpine RPC");
        var dear = operator.probability("getBalance");

        operator.ask("lookup", "0.0000021");

        await().atMost(Market.PATIENCE)
                .untilAsserted(
                        () -> assertThat(operator.probability("getBalance")).isGreaterThan(dear * 1.1));
    }

    @Test
    void losesNoQueryWhileAnOperatorIsDown() {
        var account = market.openAccount("1.00");
        var log = new ClientLog();
        var operator = Enrolled.named(market, "Delta Compute");
        try {
            operator.control("{\"down\":true}");

            assertThat(Stream.generate(() -> log.add(account.queries().query("getBalance", SYSTEM_PROGRAM)))
                            .limit(60))
                    .allSatisfy(answer -> {
                        assertThat(answer.status()).isEqualTo(200);
                        assertThat(answer.header("Operator")).isNotEqualTo(operator.id());
                    });
        } finally {
            operator.control("{\"down\":false}");
        }
        Books.agree(account, "1.00", log);
    }

    @Test
    void tellsHowConcentratedTheMarketIs() {
        var network = market.api().get("/v1/network").json();

        assertThat(network.at("/concentration/largestShare").asDouble()).isBetween(1 / 7.0, 1.0);
        assertThat(network.at("/concentration/hhi").asDouble()).isBetween(1 / 7.0, 1.0);
        assertThat(network.at("/concentration/nakamoto").asInt()).isPositive();
        assertThat(network.at("/sla/asked").asLong())
                .isGreaterThanOrEqualTo(network.at("/sla/met").asLong());
        assertThat(network.path("refunds").asLong()).isPositive();
    }

    /// All of them, with their verdicts in.
    private List<JsonNode> races() {
        return await().atMost(Market.PATIENCE)
                .until(
                        () -> demo.queries().items("/v1/races"),
                        races -> races.stream()
                                .noneMatch(race ->
                                        "PENDING".equals(race.path("status").asString())));
    }

    private static BigDecimal paid(List<JsonNode> races) {
        return Books.sum(
                races.stream()
                        .filter(race -> race.path("winner").isObject())
                        .filter(race -> race.path("refund").isNull())
                        .toList(),
                "price");
    }

    private static double accuracyOf(List<JsonNode> reputations, String operatorId) {
        return reputations.stream()
                .filter(node -> operatorId.equals(node.path("operatorId").asString()))
                .mapToDouble(node -> node.path("accuracy").asDouble())
                .max()
                .orElseThrow();
    }
}
