package io.streamsync.system;

import static io.streamsync.system.OperatorWallet.body;
import static io.streamsync.system.ProblemTests.expect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.Api.Reply;
import io.streamsync.system.Market.Account;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/// An operator's whole life, step by step, from the wallet to the last token of its stake; no person is involved.
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class OperatorTests {

    private static final int NODE_PORT = Market.PORT_BASE + 190;
    private static final Duration ADMISSION = Duration.ofMinutes(2);

    /// Beside five active operators a newcomer is asked by exploration only, one race in ten.
    private static final int QUERIES_TO_BE_ASKED = 300;

    /// Asked in one race of ten at most, it wins where the other of two racers is slower: chance, so there is no
    /// number of queries that always does.
    private static final Duration A_WIN = Duration.ofMinutes(4);

    /// Unbonding takes 5 s in this market and draining 13 s.
    private static final Duration EXIT = Duration.ofMinutes(2);

    private final Market market = Market.running();
    private final Account customer = market.openAccount("1.00");
    private final Operator operator = Operator.register(market, "Newcomer");
    private final OperatorNode node;
    private String nodePath = "";
    private String nodeId = "";

    OperatorTests() throws IOException {
        node = OperatorNode.start(NODE_PORT);
        node.belongsTo(operator.id());
    }

    @AfterAll
    void leave() {
        node.close();
    }

    @Test
    @Order(1)
    void isAdmittedByStakeAndChecksAlone() {
        assertThat(state()).isEqualTo("REGISTERED");
        expect(operator.list(node.endpoint()), 409, "STAKE_REQUIRED");
        expect(operator.stake("9999"), 422, "STAKE_BELOW_MINIMUM");
        assertThat(operator.stake("15000").status()).isEqualTo(201);
        assertThat(state()).isEqualTo("STAKED");

        var listed = operator.list(node.endpoint());

        assertThat(listed.status()).isEqualTo(201);
        nodeId = listed.text("/nodeId");
        nodePath = operator.home() + "/nodes/" + nodeId;
        await().atMost(ADMISSION)
                .until(() -> operator.session().post(nodePath + "/checks", "").status() < 300
                        && "PROBATION".equals(operator.session().get(nodePath).text("/state")));
        assertThat(state()).isEqualTo("ACTIVE");
        assertThat(operator.session().items(nodePath + "/checks"))
                .extracting(
                        check -> check.path("check").asString(),
                        check -> check.path("outcome").asString())
                .contains(
                        tuple("ENDPOINT_CONTROL", "PASSED"),
                        tuple("GENESIS", "PASSED"),
                        tuple("TIP_LAG", "PASSED"),
                        tuple("CONFORMANCE", "PASSED"),
                        tuple("LATENCY", "PASSED"));
    }

    @Test
    @Order(2)
    void isSoldOnceItAsks() {
        assertThat(offered()).isEmpty();

        ask("0.000003");

        await().atMost(Market.PATIENCE).until(() -> List.of("3000").equals(offered()));
    }

    @Test
    @Order(3)
    void isDrawnAsAnybodyCanDrawAgain() {
        var races = askUntilDrawn();

        assertThat(races).isNotEmpty();
        races.forEach((raceId, request) -> {
            var race = race(raceId);
            assertThat(Replay.of(market.api(), race).places(race, request))
                    .as(raceId)
                    .containsExactlyElementsOf(asked(race));
        });
    }

    @Test
    @Order(4)
    void earnsItsShareOfEveryRaceToTheLastNano() {
        var won = askUntilWon();

        await().atMost(Market.PATIENCE).untilAsserted(() -> {
            var races = operator.session().items(operator.home() + "/races");
            assertThat(races.stream().map(race -> race.path("raceId").asString()))
                    .contains(won.header("Race"));
            var earnings = operator.get("/earnings?groupBy=class").json();
            assertThat(Books.decimal(earnings, "pending")
                            .add(Books.decimal(earnings, "payable"))
                            .subtract(ofStake(earnings)))
                    .isEqualByComparingTo(races.stream()
                            .map(race -> shareOf(race.path("raceId").asString()))
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isPositive();
        });
        expect(OperatorWallet.generate().signIn(market.api()).get(operator.home() + "/earnings"), 403, "NOT_YOURS");
    }

    /// A window that was sealed meanwhile has paid stakes their share.
    private static BigDecimal ofStake(JsonNode earnings) {
        return earnings.path("items")
                .valueStream()
                .filter(item -> item.path("key").asString().equals("stakers"))
                .map(item -> Books.decimal(item, "earned"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    @Order(5)
    void changesItsPriceAtAnyTime() {
        ask("0.000005");

        await().atMost(Market.PATIENCE).until(() -> List.of("5000").equals(offered()));
    }

    @Test
    @Order(6)
    void unbondsAndThinksBetterOfIt() {
        var unbonding = operator.post("/stake/unbondings", "{\"amount\":\"5000\"}");

        assertThat(unbonding.status()).isEqualTo(201);
        assertThat(operator.get("/stake").text("/bonded")).isEqualTo("10000");
        assertThat(operator.get("/stake").text("/unbonding/0/amount")).isEqualTo("5000");
        assertThat(operator.session()
                        .send("DELETE", operator.home() + "/stake/unbondings/" + unbonding.text("/unbondingId"), "")
                        .status())
                .isEqualTo(204);
        assertThat(operator.get("/stake").text("/bonded")).isEqualTo("15000");
        expect(operator.post("/stake/unbondings", "{\"amount\":\"15000.1\"}"), 422, "BALANCE_TOO_LOW");
        expect(operator.post("/stake/unbondings", "{\"amount\":\"-1\"}"), 422, "AMOUNT_INVALID");
    }

    @Test
    @Order(7)
    void takesMaturedStakeOut() {
        var withdrawal = body().put("amount", "5000")
                .put("destination", operator.wallet().address())
                .toString();
        operator.post("/stake/unbondings", "{\"amount\":\"5000\"}");

        expect(operator.post("/stake/withdrawals", withdrawal), 422, "BALANCE_TOO_LOW");
        await().atMost(Market.PATIENCE)
                .until(() -> "5000".equals(operator.get("/stake").text("/withdrawable")));
        assertThat(operator.post("/stake/withdrawals", withdrawal).status()).isEqualTo(201);
        assertThat(operator.get("/stake").text("/withdrawable")).isEqualTo("0");
        assertThat(operator.get("/stake").text("/bonded")).isEqualTo("10000");
    }

    @Test
    @Order(8)
    void isPaidWhatItEarnedOnceHoweverOftenAndAtOnceItAsks() throws InterruptedException {
        var payouts = Payouts.of(operator);
        var twoFifths = twoFifths(payouts);
        expect(payouts.ask(twoFifths.add(BigDecimal.ONE).toPlainString(), "too-much"), 422, "BALANCE_TOO_LOW");
        expect(payouts.ask("-1", "negative"), 422, "AMOUNT_INVALID");

        var repeated = atOnce(() -> payouts.ask(Payouts.NANO, "once"));
        var most = atOnce(
                () -> payouts.ask(twoFifths.toPlainString(), UUID.randomUUID().toString()));

        assertThat(repeated).extracting(Reply::status).contains(201).isSubsetOf(201, 409);
        assertThat(repeated.stream()
                        .filter(answer -> answer.status() == 201)
                        .map(Reply::body)
                        .distinct())
                .containsExactly(payouts.ask(Payouts.NANO, "once").body());
        expect(payouts.ask("0.000000002", "once"), 422, "IDEMPOTENCY_KEY_REUSED");
        assertThat(most).extracting(Reply::status).containsOnly(201, 422);
        await().atMost(Market.PATIENCE).untilAsserted(payouts::check);
        assertThat(payouts.all()).hasSize((int)
                (1 + most.stream().filter(answer -> answer.status() == 201).count()));
        assertThat(Books.decimal(payouts.earnings(), "payable")).isNotNegative();
        expect(
                new Payouts(OperatorWallet.generate().signIn(market.api()), operator.home()).ask(Payouts.NANO, "mine"),
                403,
                "NOT_YOURS");
    }

    /// Of all that can become payable meanwhile, once that much is: one such payout is made, four never are.
    private static BigDecimal twoFifths(Payouts payouts) {
        return twoFifths(await().atMost(Market.PATIENCE)
                .until(
                        payouts::earnings,
                        earnings -> twoFifths(earnings).compareTo(Books.decimal(earnings, "payable")) < 0));
    }

    private static BigDecimal twoFifths(JsonNode earnings) {
        return Books.decimal(earnings, "pending")
                .add(Books.decimal(earnings, "payable"))
                .multiply(new BigDecimal("0.4"))
                .setScale(9, RoundingMode.DOWN);
    }

    @Test
    @Order(9)
    void isDelistedBelowTheMinimumUntilItIsToppedUp() {
        operator.post("/stake/unbondings", "{\"amount\":\"1\"}");

        await().atMost(Market.PATIENCE)
                .until(() -> "DELISTED".equals(state()) && offered().isEmpty());
        var payouts = Payouts.of(operator);
        payouts.payable();
        payouts.made(Payouts.NANO); // what was earned stays earned
        operator.stake("1");
        await().atMost(ADMISSION)
                .until(() -> "ACTIVE".equals(state()) && !offered().isEmpty());
    }

    @Test
    @Order(10)
    void exitsWithAllOfItsStake() {
        assertThat(operator.session()
                        .send("PATCH", operator.home(), "{\"state\":\"EXITING\"}")
                        .text("/state"))
                .isEqualTo("EXITING");

        await().atMost(Market.PATIENCE).until(() -> offered().isEmpty());
        await().atMost(EXIT).until(() -> "EXITED".equals(state()));
        var stake = operator.get("/stake").json();
        assertThat(stake.path("bonded").asString()).isEqualTo("0");
        assertThat(operator.post(
                                "/stake/withdrawals",
                                body().put("amount", stake.path("withdrawable").asString())
                                        .put("destination", operator.wallet().address())
                                        .toString())
                        .status())
                .isEqualTo(201);
    }

    @Test
    @Order(11)
    void isPaidTheRestAfterItHasLeft() {
        var payouts = Payouts.of(operator);

        payouts.made(payouts.payable().toPlainString());

        await().atMost(Market.PATIENCE).untilAsserted(payouts::check);
    }

    private String state() {
        return market.api().get(operator.home()).text("/state");
    }

    private static List<Reply> atOnce(Callable<Reply> request) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(Collections.nCopies(4, request)).stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    private void ask(String price) {
        assertThat(operator.session()
                        .send(
                                "PUT",
                                nodePath + "/asks/lookup",
                                "{\"price\":\"%s\",\"maxLatencyMs\":1000,\"capacity\":100}".formatted(price))
                        .status())
                .isBetween(200, 201);
    }

    /// The prices, in nano-USDC, at which the market's newest snapshot offers this operator's lookups.
    private List<String> offered() {
        var newest = market.api().get("/v1/market").text("/snapshot");
        return market.api()
                .get("/v1/snapshots/" + newest)
                .json()
                .path("nodes")
                .valueStream()
                .filter(listed -> nodeId.equals(listed.path("id").asString()))
                .map(listed -> listed.at("/offers/lookup/price"))
                .filter(price -> !price.isMissingNode())
                .map(JsonNode::asString)
                .toList();
    }

    /// Races in which this operator's node was asked, by id, with the bytes that it was asked.
    private Map<String, byte[]> askUntilDrawn() {
        return IntStream.range(0, QUERIES_TO_BE_ASKED)
                .mapToObj(n -> OperatorWallet.generate().address())
                .map(address -> Map.entry(
                        customer.queries()
                                .query("getBalance", "[\"" + address + "\"]")
                                .header("Race"),
                        node.askedAbout(address)))
                .filter(asked -> !asked.getValue().isEmpty())
                .limit(3)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, asked -> asked.getValue().getFirst()));
    }

    private Reply askUntilWon() {
        return await().atMost(A_WIN)
                .pollInterval(Duration.ZERO)
                .until(
                        () -> customer.queries()
                                .query(
                                        "getBalance",
                                        "[\"11111111111111111111111111111111\"]",
                                        "X-StreamSync-Max-Latency",
                                        "5s",
                                        "X-StreamSync-Racers",
                                        "2"),
                        answer -> operator.id().equals(answer.header("Operator")));
    }

    private BigDecimal shareOf(String raceId) {
        return market.api()
                .get("/v1/races/" + raceId)
                .json()
                .path("split")
                .valueStream()
                .filter(share -> share.path("to").asString().endsWith(":" + operator.id()))
                .map(share -> Books.decimal(share, "amount"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private JsonNode race(String raceId) {
        return await().atMost(Market.PATIENCE)
                .until(
                        () -> market.api().get("/v1/races/" + raceId).json(),
                        race -> !race.path("status").asString().matches("PENDING|"));
    }

    private static List<String> asked(JsonNode race) {
        return race.path("racers")
                .valueStream()
                .map(racer -> racer.path("nodeId").asString() + " "
                        + racer.path("place").asString())
                .toList();
    }
}
