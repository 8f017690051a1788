package io.streamsync.billing.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Broker;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.Snapshots;
import io.streamsync.events.Topics;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.verification.RaceStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@BillingTest
class MarketApiTests {

    /// Nothing else trades on it.
    private final String day = LocalDate.now(ZoneOffset.UTC).minusDays(5).toString();

    private static final String HISTORY = "/v1/market/history?class=";

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MarketPruning pruning;

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Test
    void tellsWhatTheMarketDid() {
        var router = market.router();
        var before = activity();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var race = router.charged(lease, 4_000);
        router.verified(race, 4_000, RaceStatus.CONTRADICTED);
        router.charged(lease, 1_000);
        router.late(lease, 3_000);
        router.unanswered(lease);
        Broker.send(Topics.RACES, 0, router.key(), router.frame().encode());

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                operator(activity(), router, 1).path("answered").asInt())
                        .isEqualTo(3));
        var after = activity();

        assertThat(after.propertyNames())
                .containsExactly("from", "to", "classes", "operators", "sla", "refunds", "pools");
        assertThat(operator(after, router, 1).path("earned").asString()).isEqualTo("0.0000005");
        // other tests trade at the same time: what this one did is in it
        assertThat(lookup(after).path("queries").asInt()
                        - lookup(before).path("queries").asInt())
                .isGreaterThanOrEqualTo(4);
        assertThat(after.path("refunds").asInt() - before.path("refunds").asInt())
                .isGreaterThanOrEqualTo(3);
        assertThat(after.path("sla").path("asked").asInt()
                        - before.path("sla").path("asked").asInt())
                .isGreaterThanOrEqualTo(1);
        assertThat(http.get("/v1/pools").json().propertyNames())
                .isEqualTo(after.path("pools").propertyNames());
        assertThat(after.path("pools").propertyNames())
                .containsExactly("verifiers", "stakers", "treasury", "insurance");
        assertThat(http.get("/internal/market/activity").status()).isEqualTo(401);
    }

    @Test
    void showsAClassStepByStep() {
        var router = market.router();
        var from = Instant.parse(day + "T07:00:00Z");
        Snapshots.tell(Snapshots.of("history-a", 3, QueryClass.COMPRESSED, 4_000), from.plusSeconds(90), 1, 1, 1);
        Snapshots.tell(Snapshots.of("history-c", 4, QueryClass.COMPRESSED, 1_000), from.plusSeconds(170), 1, 1, 1);
        Snapshots.tell(Snapshots.of("history-b", 2, QueryClass.COMPRESSED, 2_000), from.plusSeconds(130), 1, 1, 1);
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.chargedAt(from.plusSeconds(10), lease, 500);
        router.chargedAt(from.plusSeconds(119), lease, 700);
        Broker.send(Topics.RACES, 0, router.key(), router.frame().encode());

        var sold = "compressed&from=DAYT07:00:30Z&to=DAYT07:04:00Z".replace("DAY", day);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                items(sold + "&step=1m").path(2).path("best").asString())
                        .isEqualTo("0.000001"));
        assertThat(items(sold + "&step=1m").toString()).isEqualTo("""
                [{"at":"DAYT07:00:00Z","best":null,"median":null,"asks":0,"capacity":0,"volume":"0","queries":0},\
                {"at":"DAYT07:01:00Z","best":"0.000004","median":"0.000004001","asks":3,"capacity":300,\
                "volume":"0","queries":0},\
                {"at":"DAYT07:02:00Z","best":"0.000001","median":"0.000001001","asks":4,"capacity":400,\
                "volume":"0","queries":0},\
                {"at":"DAYT07:03:00Z","best":"0.000001","median":"0.000001001","asks":4,"capacity":400,\
                "volume":"0","queries":0}]""".replace("DAY", day));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                items("lookup&from=DAYT07:00:00Z&to=DAYT07:05:00Z&step=5m".replace("DAY", day))
                                        .path(0)
                                        .path("volume")
                                        .asString())
                        .isEqualTo("0.0000012"));
        assertThat(items("lookup&from=DAYT07:01:00Z&to=DAYT07:02:00Z&step=1m".replace("DAY", day))
                        .path(0)
                        .path("queries")
                        .asInt())
                .isEqualTo(1);
        assertThat(items("lookup&from=DAYT00:00:00Z&to=DAYT23:59:00Z&step=1d".replace("DAY", day))
                        .path(0)
                        .path("volume")
                        .asString())
                .as("from its hours")
                .isEqualTo("0.0000012");
    }

    @Test
    void keepsHoursLongerThanMinutes() {
        assertThat(http.get("/v1/market/history?class=lookup&from=2021-05-06T07:00:00Z&to=2021-05-06T08:00:00Z&step=5m")
                        .problem())
                .isEqualTo("400 INVALID_REQUEST");
        assertThat(items("lookup&from=2021-05-06T07:00:00Z&to=2021-05-06T09:00:00Z&step=1h"))
                .hasSize(2);
    }

    @Test
    void forgetsOldMinutesAndTheirPricesButOnePerHour() {
        jdbc.sql("""
                insert into market_book (query_class, minute, taken_at, best, median, asks, capacity)
                select 'pruned', timestamptz '2020-01-01 00:00Z' + m * interval '20 minutes', now(), m, m, 1, 1
                from generate_series(0, 5) m""").update();
        jdbc.sql("""
                insert into market_minute (minute, query_class, router, queries, charged, sla_asked, sla_met, refunds)
                values (timestamptz '2020-01-01 00:00Z', 'pruned', 1, 1, 1, 0, 0, 0)""").update();

        pruning.prune();

        assertThat(jdbc.sql("select best from market_book where query_class = 'pruned' order by minute")
                        .query(Long.class)
                        .list())
                .containsExactly(2L, 5L);
        assertThat(jdbc.sql("select count(*) from market_minute where query_class = 'pruned'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void coversTheLastDayUnlessAsked() {
        var history = http.get(HISTORY + "submit").json();

        assertThat(history.path("step").asString()).isEqualTo("5m");
        assertThat(history.path("items").size()).isBetween(288, 290);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "none",
                "LOOKUP",
                "lookup&step=1",
                "lookup&step=2d",
                "lookup&step=x",
                "lookup&from=soon",
                "lookup&from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
                "lookup&from=2016-01-01T00:00:00Z&to=2026-01-01T00:00:00Z&step=1d",
                "lookup&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z&step=1m"
            })
    void refusesHistoriesThatCannotBe(String query) {
        assertThat(http.get(HISTORY + query).problem()).isEqualTo("400 INVALID_REQUEST");
    }

    @Test
    void wantsAClass() {
        var refused = http.get("/v1/market/history");

        assertThat(refused.problem()).isEqualTo("400 INVALID_REQUEST");
        assertThat(refused.json().path("errors").path(0).path("field").asString())
                .isEqualTo("class");
    }

    private JsonNode activity() {
        return http.internal("/internal/market/activity").json();
    }

    private JsonNode items(String query) {
        return http.get(HISTORY + query).json().path("items");
    }

    private static JsonNode lookup(JsonNode activity) {
        return one(activity.path("classes"), "queryClass", "lookup");
    }

    private static JsonNode operator(JsonNode activity, Market.Router router, int number) {
        return one(
                activity.path("operators"),
                "operatorId",
                router.operator(number).value());
    }

    private static JsonNode one(JsonNode list, String field, String value) {
        List<JsonNode> found = StreamSupport.stream(list.spliterator(), false)
                .filter(item -> item.path(field).asString().equals(value))
                .toList();
        return found.isEmpty() ? list.path(-1) : found.getFirst();
    }
}
