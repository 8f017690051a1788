package io.streamsync.reputation.publication;

import static io.streamsync.protocol.record.StreamRecord.Verdict.AGREES;
import static io.streamsync.protocol.record.StreamRecord.Verdict.WINS;
import static io.streamsync.protocol.verification.RaceStatus.CONFIRMED;
import static io.streamsync.reputation.observation.Races.checking;
import static io.streamsync.reputation.observation.Races.race;
import static io.streamsync.reputation.observation.Races.racing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.reputation.Market;
import io.streamsync.reputation.MovableClock;
import io.streamsync.reputation.ReputationTest;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ReputationTest
class ReputationControllerTests {

    @Autowired
    Market market;

    @Autowired
    MovableClock clock;

    @Autowired
    RestTestClient http;

    @Test
    void showsANewcomer() {
        market.list("hans");

        assertThat(get("/v1/nodes/hans-1/reputation").toString()).startsWith("""
                {"nodeId":"hans-1","operatorId":"hans","performance":0.5,"accuracy":0.8,"uptime":0.5,"stakeScore":1,\
                "verifiedRaces":0,"flagged":false,"state":"ACTIVE","classes":[],"history":[""");
    }

    @Test
    void showsTheHistoryHourByHour() {
        clock.forwardToTheNext(Duration.ofHours(1));
        clock.forward(Duration.ofMinutes(5)); // no full hour but those that the test lets pass
        market.list("hilde");
        var before = clock.instant();
        clock.forward(Duration.ofMinutes(61));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> history("hilde", before).size() == 1);
        market.race(
                302, 0, race(clock.instant(), CONFIRMED, racing("hilde", WINS, 20), checking("witness", AGREES, 25)));
        market.awaitScore("hilde", score -> score.verifiedRaces() == 1);
        clock.forward(Duration.ofMinutes(60));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> history("hilde", before).size() == 2);

        var points = history("hilde", before);
        assertThat(points.path(0).propertyNames())
                .containsExactly("at", "performance", "accuracy", "uptime", "verifiedRaces", "flagged");
        assertThat(points.path(0).path("at").asString()).endsWith(":00:00Z");
        assertThat(points.path(0).path("accuracy").decimalValue()).isEqualByComparingTo("0.8");
        assertThat(points.path(1).path("verifiedRaces").asLong()).isEqualTo(1);
        assertThat(points.path(1).path("accuracy").decimalValue()).isGreaterThan(new BigDecimal("0.8"));
        assertThat(history("hilde", clock.instant()))
                .as("nothing of what is to come")
                .isEmpty();
    }

    private JsonNode history(String operator, Instant from) {
        return get("/v1/nodes/" + operator + "-1/reputation?from=" + from).path("history");
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday, from",
        "from=, from",
        "from=%00, from",
        "to=2026-11-22, to",
        "to=2026-13-40T00:00:00Z, to",
        "from=2026-11-22T12:00:00Z&to=2026-11-22T11:00:00Z, from",
        "from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z, from",
        "from=-999999999-01-01T00:00:00Z&to=%2B999999999-12-31T00:00:00Z, from",
    })
    void refusesAPeriodThatIsNone(String query, String parameter) {
        var problem = get("/v1/nodes/hans-1/reputation?" + query, HttpStatus.BAD_REQUEST);

        assertThat(problem.path("code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo(parameter);
    }

    @Test
    void showsWhatRacesMoved() {
        market.list("ida");
        market.race(301, 0, race(clock.instant(), CONFIRMED, racing("ida", WINS, 20), checking("witness", AGREES, 25)));
        market.awaitScore("ida", score -> score.verifiedRaces() == 1);

        var ida = get("/v1/nodes/ida-1/reputation");

        assertThat(ida.path("verifiedRaces").asLong()).isEqualTo(1);
        assertThat(ida.path("classes").path(0).path("queryClass").asString()).isEqualTo("lookup");
        for (var score : List.of(
                ida.path("performance"),
                ida.path("accuracy"),
                ida.path("uptime"),
                ida.path("classes").path(0).path("performance"))) {
            assertThat(score.decimalValue().scale()).isLessThanOrEqualTo(6);
            assertThat(score.decimalValue()).isBetween(new BigDecimal("0.54"), new BigDecimal("0.82"));
        }
    }

    @Test
    void pagesThroughAllNodesInTheOrderOfTheirIds() {
        market.list("page_c", "page-b", "pageA");

        var seen = new ArrayList<String>();
        var next = "/v1/reputations?limit=2";
        while (!next.isEmpty()) {
            var page = get(next);
            page.path("items").forEach(item -> seen.add(item.path("nodeId").asString()));
            assertThat(page.path("items").size()).isBetween(1, 2);
            var cursor = page.path("nextCursor");
            next = cursor.isNull() ? "" : "/v1/reputations?limit=2&cursor=" + cursor.asString();
        }

        assertThat(seen).isSorted().doesNotHaveDuplicates().containsSubsequence("page-b-1", "pageA-1", "page_c-1");
    }

    @Test
    void showsTheSameFieldsInTheList() {
        market.list("jan");

        var item = get("/v1/reputations?limit=500").path("items").path(0);

        assertThat(item.propertyNames())
                .containsExactly(
                        "nodeId",
                        "operatorId",
                        "performance",
                        "accuracy",
                        "uptime",
                        "stakeScore",
                        "verifiedRaces",
                        "flagged",
                        "state");
    }

    @Test
    void followsStateAndStakeButNothingThatWasToldBefore() {
        market.list("kurt");
        var now = clock.instant();

        market.tell(Market.listed("kurt-1", "kurt", now, "DRAINING", "25000000000000"));
        market.tell(Market.listed("kurt-1", "kurt", now.minusSeconds(60), "ACTIVE", "1"));
        market.tell(Market.listed("lena-1", "lena", now, "ACTIVE", "1"));
        market.awaitScore("lena", score -> true);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            var kurt = get("/v1/nodes/kurt-1/reputation");
            assertThat(kurt.path("state").asString()).isEqualTo("DRAINING");
            assertThat(kurt.path("stakeScore").decimalValue()).isEqualByComparingTo("2.5");
        });
        assertThat(get("/v1/nodes/lena-1/reputation").path("stakeScore").decimalValue())
                .isEqualByComparingTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "{\"nodeId\":\"max-1\"}"})
    void passesOverAListingItCannotRead(String listing) {
        var operator = "after" + Integer.toHexString(listing.hashCode());

        market.tellListing(operator + "-1", listing);
        market.tell(Market.listed(operator + "-1", operator, clock.instant(), "ACTIVE", Market.MINIMUM_STAKE));

        market.awaitScore(operator, score -> true);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/reputations?limit=0, limit",
        "/v1/reputations?limit=501, limit",
        "/v1/reputations?limit=-1, limit",
        "/v1/reputations?limit=ten, limit",
        "/v1/reputations?limit=1e3, limit",
        "/v1/reputations?limit=99999999999999999999999, limit",
        "/v1/reputations?cursor=, cursor",
        "/v1/reputations?cursor=a%20b, cursor",
        "/v1/reputations?cursor=%00, cursor",
    })
    void refusesAParameterThatIsNone(String path, String parameter) {
        var problem = get(path, HttpStatus.BAD_REQUEST);

        assertThat(problem.path("code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo(parameter);
        assertThat(problem.path("requestId").asString()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "a%20b", "%2e%2e"})
    void knowsNoSuchNode(String node) {
        var problem = get("/v1/nodes/" + node + "/reputation", HttpStatus.NOT_FOUND);

        assertThat(problem.path("code").asString()).isEqualTo("NOT_FOUND");
    }

    @Test
    void isUp() {
        assertThat(get("/actuator/health").path("status").asString()).isEqualTo("UP");
    }

    private JsonNode get(String path) {
        return get(path, HttpStatus.OK);
    }

    private JsonNode get(String path, HttpStatusCode status) {
        var body = http.get()
                .uri(URI.create(path))
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return JsonMapper.shared().readTree(body == null ? "" : body);
    }
}
