package io.streamsync.billing.earning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Broker;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.events.Topics;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.draw.Skipped;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.verification.RaceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@BillingTest
class EarningsApiTests {

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    Ledger ledger;

    @Autowired
    HoldRelease releases;

    @Autowired
    Holds holds;

    @Autowired
    Parameters parameters;

    @Autowired
    DataSource dataSource;

    @Test
    void sumsWhatAnOperatorEarnedByWinningAndByChecking() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var race = router.charged(lease, 4_000);
        router.verified(race, 4_000, RaceStatus.CONFIRMED);
        router.late(lease, 3_000);
        send(router);

        var winner = awaited(router, 1, "0.000002");
        var checker = awaited(router, 3, "0.0000004");

        assertThat(winner.propertyNames()).containsExactly("pending", "payable", "paid", "items");
        assertThat(List.of(
                        winner.path("payable").asString(), winner.path("paid").asString()))
                .containsExactly("0", "0");
        assertThat(winner.path("items").toString()).isEqualTo("""
                [{"key":"lookup","queries":2,"checks":0,"charged":"0.000007","refunded":"0.000003","earned":"0.000002"}]""");
        assertThat(checker.path("items").toString()).isEqualTo("""
                [{"key":"lookup","queries":0,"checks":1,"charged":"0","refunded":"0","earned":"0.0000004"}]""");
        for (var groupBy : List.of("hour", "day", "method")) {
            assertThat(earnings(router, 1, groupBy)
                            .path("items")
                            .path(0)
                            .path("earned")
                            .asString())
                    .isEqualTo("0.000002");
        }
        assertThat(earnings(router, 1, "method")
                        .path("items")
                        .path(0)
                        .path("key")
                        .asString())
                .isEqualTo("getBalance");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "groupBy=week",
                "from=soon",
                "from=-1",
                "from=1700000000000",
                "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
                "from=2010-01-01T00:00:00Z&to=2020-01-01T00:00:00Z",
                "groupBy=hour&from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z",
                "from=-999999999-01-01T00:00:00Z"
            })
    void refusesPeriodsAndGroupsThatCannotBeSummed(String query) {
        assertThat(http.internal("/internal/operators/op1/earnings?" + query).problem())
                .isEqualTo("400 INVALID_REQUEST");
    }

    @Test
    void isForTheInstallationsOwnServices() {
        assertThat(http.get("/internal/operators/op1/earnings").status()).isEqualTo(401);
        assertThat(http.get("/internal/operators/op1/races").status()).isEqualTo(401);
        assertThat(http.internal("/internal/operators/a%20b/races").problem()).isEqualTo("400 INVALID_REQUEST");
    }

    @Test
    void releasesEarningsOnceTheirHoldIsOver() throws Exception {
        var router = market.router();
        router.charged(router.lease(http.customer("1"), 1_000_000), 4_000);
        send(router);
        awaited(router, 1, "0.000002");
        var operator = router.operator(1);

        releases.release(operator, Instant.now().minusSeconds(3_600), Instant.now());
        assertThat(ledger.balance(Account.held(operator))).as("too early").isEqualTo(2_000);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Void> release = () -> {
                releases.release(operator, Instant.now().plusSeconds(60), Instant.now());
                return null;
            };
            for (var done : threads.invokeAll(
                    IntStream.range(0, 8).mapToObj(number -> release).toList())) {
                done.get();
            }
        }

        assertThat(ledger.balance(Account.payable(operator))).isEqualTo(2_000);
        assertThat(ledger.balance(Account.held(operator))).isZero();
        var earned = earnings(router, 1, "class");
        assertThat(List.of(
                        earned.path("pending").asString(),
                        earned.path("payable").asString()))
                .containsExactly("0", "0.000002");
    }

    @Test
    void takesAWrongAnswersShareFromWhatIsPayableByThen() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var race = router.charged(lease, 4_000);
        send(router);
        awaited(router, 1, "0.000002");
        var operator = router.operator(1);
        releases.release(operator, Instant.now().plusSeconds(60), Instant.now());

        router.verified(race, 4_000, RaceStatus.CONTRADICTED);
        router.charged(lease, 6_000);
        send(router);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                ledger.balance(Account.held(operator)) + ledger.balance(Account.payable(operator)))
                        .isEqualTo(3_000));
        releases.release(operator, Instant.now().plusSeconds(60), Instant.now());

        assertThat(ledger.balance(Account.held(operator))).isZero();
        assertThat(ledger.balance(Account.payable(operator))).isEqualTo(3_000);
    }

    /// What is held then was earned in the verdict's batch: its own hold is not over.
    @Test
    void releasesNothingEarlyInPlaceOfWhatAVerdictTook() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        var race = router.charged(lease, 4_000);
        send(router);
        awaited(router, 1, "0.000002");
        var operator = router.operator(1);
        var between = Instant.now();

        router.verified(race, 4_000, RaceStatus.CONTRADICTED);
        router.charged(lease, 4_000);
        send(router);
        await().until(() -> http.get("/v1/account/refunds", customer.ask())
                        .json()
                        .path("items")
                        .size()
                == 1);
        releases.release(operator, between, Instant.now());
        assertThat(ledger.balance(Account.held(operator))).isEqualTo(2_000);
        assertThat(ledger.balance(Account.payable(operator))).isZero();

        releases.release(operator, Instant.now().plusSeconds(60), Instant.now());
        assertThat(ledger.balance(Account.payable(operator))).isEqualTo(2_000);
    }

    @Test
    void tellsAnOperatorWhatItWonAndWhyItLost() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.skipped =
                List.of(new Skipped(new NodeId("node9-" + router.id), router.operator(9), SkipReason.CAPACITY));
        var race = router.charged(lease, 4_000);
        router.skipped = List.of();
        router.verified(
                race,
                4_000,
                RaceStatus.CONFIRMED,
                List.of(Verdict.WINS, Verdict.AGREES, Verdict.AGREES, Verdict.DISAGREES));
        router.charged(lease, 1_000);
        send(router);
        awaited(router, 1, "0.0000025");

        var won = races(router, 1, "").path("items");
        assertThat(won).hasSize(2);
        assertThat(won.path(0).path("reason").isNull()).isTrue();
        assertThat(won.path(0).path("status").asString()).isEqualTo("PENDING");
        assertThat(won.path(1).path("result").asString()).isEqualTo("won");
        assertThat(won.path(1).path("earned").asString()).isEqualTo("0.000002");
        assertThat(won.path(1).propertyNames())
                .containsExactly(
                        "raceId",
                        "occurredAt",
                        "method",
                        "queryClass",
                        "nodeId",
                        "place",
                        "result",
                        "reason",
                        "latencyMs",
                        "winner",
                        "winnerLatencyMs",
                        "price",
                        "earned",
                        "refund",
                        "status");
        assertThat(part(router, 2, 1)).isEqualTo("lost SLOWER 0");
        assertThat(part(router, 2, 0)).isEqualTo("lost PENDING 0");
        assertThat(part(router, 3, 1)).isEqualTo("checked AGREES 0.0000008");
        assertThat(part(router, 4, 1)).isEqualTo("checked DISAGREES 0");
        assertThat(part(router, 9, 0)).isEqualTo("skipped CAPACITY 0");
        assertThat(http.get("/v1/races/" + won.path(1).path("raceId").asString())
                        .text("status"))
                .isEqualTo("CONFIRMED");
    }

    /// The race's own latency, 1.234 ms, has the router's time in it.
    @Test
    void comparesWhoLostWithTheWinnersOwnLatency() {
        var router = market.router();
        var race = router.charged(router.lease(http.customer("1"), 1_000_000), 4_000);
        router.winnersMicros = 1_000;
        router.verified(race, 4_000, RaceStatus.CONFIRMED);
        send(router);
        awaited(router, 1, "0.000002");

        var lost = races(router, 2, "").path("items").path(0);

        assertThat(part(router, 2, 0)).isEqualTo("lost SLOWER 0");
        assertThat(lost.path("latencyMs").asDouble()).isEqualTo(1.001);
        assertThat(lost.path("winnerLatencyMs").asDouble()).isEqualTo(1);
    }

    @Test
    void turnsThePagesOfAnOperatorsRacesWithoutLosingOne() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        for (var frame = 0; frame < 4; frame++) {
            for (var race = 0; race < 5; race++) {
                router.charged(lease, 100);
            }
            send(router);
        }
        awaited(router, 1, "0.000001");

        var seen = new ArrayList<String>();
        var times = new ArrayList<String>();
        var cursor = "";
        do {
            var page = races(router, 1, "?limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.path("items").forEach(race -> {
                seen.add(race.path("raceId").asString());
                times.add(race.path("occurredAt").asString());
            });
            cursor = page.path("nextCursor").isNull()
                    ? ""
                    : page.path("nextCursor").asString();
        } while (!cursor.isEmpty());

        assertThat(seen).hasSize(20);
        assertThat(new HashSet<>(seen)).hasSize(20);
        assertThat(times).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(races(router, 1, "?to=2020-01-02T00:00:00Z").path("items")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cursor=x", "cursor=1-2-3-4-5-6", "limit=0", "limit=501", "limit=many", "from=x"})
    void refusesListsThatCannotBe(String query) {
        assertThat(http.internal("/internal/operators/op1/races?" + query).problem())
                .isEqualTo("400 INVALID_REQUEST");
    }

    @Test
    void survivesCursorsThatNobodyGave() {
        assertThat(http.internal("/internal/operators/op1/races?cursor=999999999999999-99999-99999-999999999999999-999")
                        .status())
                .isEqualTo(200);
        assertThat(http.internal("/internal/operators/op1/races?cursor=0-0-0-0-0")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void releasesWhatIsDueThoughAnotherOperatorsAccountsAreLocked() throws Exception {
        var locked = earning();
        var other = earning();
        var later = new HoldReleasing(
                holds, releases, parameters, () -> Instant.now().plus(parameters.hold()));

        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "select 1 from ledger_account where name = 'operator:%s:held' for update".formatted(locked));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                later.releaseDue();
                return ledger.balance(Account.payable(other)) == 2_000;
            });
            assertThat(ledger.balance(Account.held(locked))).isEqualTo(2_000);
            connection.rollback();
        }
    }

    private OperatorId earning() {
        var router = market.router();
        router.charged(router.lease(http.customer("1"), 1_000_000), 4_000);
        send(router);
        awaited(router, 1, "0.000002");
        return router.operator(1);
    }

    @Test
    void readsFewPagesOfRacesAtATime() throws Exception {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            statement.execute("lock table archive_frame in access exclusive mode");
            Callable<Http.Answer> page = () -> http.internal("/internal/operators/op1/races");
            var refused = new ArrayList<String>();
            for (var answer : threads.invokeAll(List.of(page, page, page, page))) {
                assertThat(answer.get().problem()).isEqualTo("503 UNAVAILABLE");
                refused.add(answer.get().text("detail"));
            }
            connection.rollback();

            assertThat(refused)
                    .filteredOn(detail -> detail.startsWith("Many pages of races"))
                    .hasSize(2);
        }
        assertThat(http.internal("/internal/operators/op1/races").status()).isEqualTo(200);
    }

    @Test
    void showsNothingOfAnOperatorThatNeverEarned() {
        assertThat(http.internal("/internal/operators/unheard-of/earnings").body())
                .isEqualTo("{\"pending\":\"0\",\"payable\":\"0\",\"paid\":\"0\",\"items\":[]}");
    }

    private String part(Market.Router router, int operator, int index) {
        var race = races(router, operator, "").path("items").path(index);
        return race.path("result").asString() + " " + race.path("reason").asString() + " "
                + race.path("earned").asString();
    }

    private JsonNode races(Market.Router router, int operator, String query) {
        return http.internal("/internal/operators/" + router.operator(operator) + "/races" + query)
                .json();
    }

    private JsonNode earnings(Market.Router router, int operator, String groupBy) {
        return http.internal("/internal/operators/" + router.operator(operator) + "/earnings?groupBy=" + groupBy)
                .json();
    }

    private JsonNode awaited(Market.Router router, int operator, String pending) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(earnings(router, operator, "class")
                                .path("pending")
                                .asString())
                        .isEqualTo(pending));
        return earnings(router, operator, "class");
    }

    private static void send(Market.Router router) {
        Broker.send(Topics.RACES, 0, router.key(), router.frame().encode());
    }
}
