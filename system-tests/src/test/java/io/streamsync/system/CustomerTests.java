package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.Api.Reply;
import io.streamsync.system.Market.Account;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A customer from the account to the ledger.
class CustomerTests {

    private static final String SYSTEM_PROGRAM = "11111111111111111111111111111111";

    /// An SLA that a busy machine keeps too, so that a query is not free by chance.
    private static final String GENEROUS = "5s";

    /// What every operator of the demo guarantees, and what none keeps that is slowed down.
    private static final String SLA = "900ms";

    /// Of races, until one is as it may be by chance.
    private static final int MANY = 200;

    private final Market market = Market.running();
    private final Account account = market.openAccount("1.00");

    @Test
    void getsTheBytesThatANodeWouldAnswer() {
        var params = "[\"" + Market.wallet("alice") + "\",{\"encoding\":\"base64\"}]";
        var direct = market.node();

        var raced = account.queries().query("getAccountInfo", params);

        assertThat(raced.body()).contains("\"rentEpoch\":18446744073709551615");
        assertThat(value(raced.body()))
                .isEqualTo(value(direct.query("getAccountInfo", params).body()));
    }

    @Test
    void paysThePriceInTheHeaderAndCanReadWhy() {
        var answer = balanceQuery();
        var race = await().atMost(Market.PATIENCE)
                .until(
                        () -> race(answer),
                        explained -> !explained.path("status").asString().matches("PENDING|"));

        assertThat(answer.header("Price")).matches("0\\.0*[1-9]\\d*");
        assertThat(answer.header("Balance")).isNotEmpty();
        assertThat(answer.header("Sla")).isEqualTo("met");
        assertThat(race.path("price").asString()).isEqualTo(answer.header("Price"));
        assertThat(race.at("/winner/operatorId").asString()).isEqualTo(answer.header("Operator"));
        assertThat(race.at("/winner/nodeId").asString()).isEqualTo(answer.header("Node"));
        assertThat(race.path("status").asString()).isIn("CONFIRMED", "UNVERIFIED");
        assertThat(operators(race.path("racers"))).hasSizeBetween(3, 5).doesNotHaveDuplicates();
        assertThat(sum(race.path("candidates"), "probability")).isBetween(0.999, 1.001);
        assertThat(new BigDecimal(answer.header("Price")))
                .isEqualByComparingTo(race.path("split")
                        .valueStream()
                        .map(share -> new BigDecimal(share.path("amount").asString()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    @Test
    void isServedByThreeWhileTwoOthersCheck() {
        // a race is checked with probability lowest ask / median ask: in so many, some are
        var places = Stream.generate(this::balanceQuery)
                .limit(MANY)
                .map(this::explained)
                .map(race -> race.path("racers")
                        .valueStream()
                        .map(racer -> racer.path("place").asString().replace("exploring", "racing"))
                        .sorted()
                        .toList());

        assertThat(places.anyMatch(List.of("checking", "checking", "racing", "racing", "racing")::equals))
                .isTrue();
    }

    @Test
    void ownsALedgerThatEqualsTheHeaders() {
        var answers = Stream.generate(this::balanceQuery).limit(60).toList();
        var paid = answers.stream()
                .map(answer -> new BigDecimal(answer.header("Price")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        await().atMost(Market.PATIENCE)
                .untilAsserted(() -> assertThat(decimal(account.state(), "balance"))
                        .isEqualByComparingTo(BigDecimal.ONE.subtract(paid)));
        assertThat(Books.sum(account.management().items("/v1/account/usage?groupBy=method"), "paid"))
                .isEqualByComparingTo(paid);
        var entries =
                account.management().get("/v1/account/entries?limit=500").json().path("items");
        assertThat(entries.valueStream()
                        .map(entry -> decimal(entry, "amount"))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(decimal(account.state(), "balance"));
    }

    @Test
    void paysNothingWhenTheLatencyItAskedForIsMissed() {
        var operator = Enrolled.cheapest(market, "getBalance");
        var missed = operator.slowedDown(() -> account.queries()
                .query(
                        "getBalance",
                        "[\"" + SYSTEM_PROGRAM + "\"]",
                        "X-StreamSync-Operators",
                        operator.id(),
                        "X-StreamSync-Max-Latency",
                        SLA));

        assertThat(missed.header("Sla")).isEqualTo("missed");
        assertThat(missed.header("Price")).isEqualTo("0");
        assertThat(missed.json().path("result").isMissingNode()).isFalse();
        await().atMost(Market.PATIENCE)
                .untilAsserted(() -> assertThat(
                                refundOf(missed.header("Race")).path("reason").asString())
                        .isEqualTo("SLA_MISSED"));
        assertThat(race(missed).at("/refund/reason").asString()).isEqualTo("SLA_MISSED");
        assertThat(race(missed).path("split").isEmpty()).isTrue();
    }

    @Test
    void paysNothingWhenNobodyAnswers() {
        var operator = Enrolled.cheapest(market, "getBalance");
        try {
            operator.control("{\"down\":true}");

            var failed = account.queries()
                    .query("getBalance", "[\"" + SYSTEM_PROGRAM + "\"]", "X-StreamSync-Operators", operator.id());

            assertThat(failed.status()).isEqualTo(504);
            assertThat(failed.json().at("/error/code").asInt()).isEqualTo(-31005);
            assertThat(failed.header("Price")).isEqualTo("0");
            await().atMost(Market.PATIENCE).untilAsserted(() -> {
                var refund = refundOf(failed.header("Race"));
                assertThat(refund.path("reason").asString()).isEqualTo("NO_ANSWER");
                assertThat(refund.path("amount").asString()).isEqualTo("0");
            });
            assertThat(account.state().path("balance").asString()).isEqualTo("1");
        } finally {
            operator.control("{\"down\":false}");
        }
    }

    private Reply balanceQuery() {
        return account.queries()
                .query("getBalance", "[\"" + SYSTEM_PROGRAM + "\"]", "X-StreamSync-Max-Latency", GENEROUS);
    }

    /// The race once its verdicts are in.
    private JsonNode explained(Reply answer) {
        return await().atMost(Market.PATIENCE)
                .until(
                        () -> race(answer),
                        race -> !race.path("status").asString().matches("PENDING|"));
    }

    private JsonNode race(Reply answer) {
        return market.api().get("/v1/races/" + answer.header("Race")).json();
    }

    private JsonNode refundOf(String raceId) {
        return account.management()
                .get("/v1/account/refunds")
                .json()
                .path("items")
                .valueStream()
                .filter(refund -> raceId.equals(refund.path("raceId").asString()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no refund of " + raceId));
    }

    /// The text of `value`, byte for byte; its context moves with the slot.
    private static String value(String body) {
        return body.substring(body.indexOf("\"value\""), body.indexOf("},\"id\""));
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        return new BigDecimal(node.path(field).asString());
    }

    private static List<String> operators(JsonNode racers) {
        return racers.valueStream()
                .map(racer -> racer.path("operatorId").asString())
                .toList();
    }

    private static double sum(JsonNode items, String field) {
        return items.valueStream()
                .mapToDouble(item -> item.path(field).asDouble())
                .sum();
    }
}
