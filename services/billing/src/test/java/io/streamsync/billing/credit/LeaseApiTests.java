package io.streamsync.billing.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@BillingTest
class LeaseApiTests {

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void forgetTheRoutersOfOtherTests() {
        jdbc.sql("update stream_router set seen_at = now() - interval '1 hour'").update();
    }

    @Test
    void leasesFiftyOfTheDearestAsk() {
        var router = market.router();
        var customer = http.customer("1");

        var answer = lease(router, request("r1", customer, null, 0, 4_000));

        assertThat(answer.status()).isEqualTo(200);
        var grant = answer.json().path("grants").path(0);
        assertThat(grant.toString())
                .isEqualTo("""
                        {"requestId":"r1","accountId":"%s","outcome":"GRANTED","leaseId":"%s","granted":"200000",\
                        "balance":"1000000000"}""".formatted(customer.id(), grant.path("leaseId").asString()));
        assertThat(answer.json().path("liveRouters").asInt()).isEqualTo(1);
        assertThat(answer.json().path("streams").toString())
                .isEqualTo("[{\"incarnation\":%d,\"nextPosition\":0,\"ended\":false}]".formatted(router.incarnation));
        var account = http.get("/v1/account", customer.ask());
        assertThat(account.text("available")).isEqualTo("0.9998");
        assertThat(account.text("reserved")).isEqualTo("0.0002");
        assertThat(account.text("balance")).isEqualTo("1");
    }

    @Test
    void topsALeaseUpCumulatively() {
        var router = market.router();
        var customer = http.customer("1");
        var first = grant(router, request("r1", customer, null, 0, 1_000));
        var leaseId = first.path("leaseId").asString();

        var second = grant(router, request("r2", customer, leaseId, 70_000, 1_000));

        assertThat(second.path("leaseId").asString()).isEqualTo(leaseId);
        assertThat(second.path("granted").asString()).isEqualTo("120000");
    }

    @Test
    void takesBackWhatARouterDoesNotNeedAndCountsItOnce() {
        var router = market.router();
        var customer = http.customer("0.000001");
        var leaseId = grant(router, request("r1", customer, null, 0, 999))
                .path("leaseId")
                .asString();

        var first = grant(router, returning(customer, leaseId, 400, 600));
        var again = grant(router, returning(customer, leaseId, 400, 600));
        var lessAgain = grant(router, returning(customer, leaseId, 300, 700));

        assertThat(List.of(first, again, lessAgain)).allSatisfy(grant -> {
            assertThat(grant.path("outcome").asString()).isEqualTo("GRANTED");
            assertThat(grant.path("granted").asString())
                    .as("what it ever got, as the router counts")
                    .isEqualTo("1000");
        });
        assertThat(http.get("/v1/account", customer.ask()).text("available")).isEqualTo("0.0000004");
        var more = grant(router, request("r2", customer, leaseId, 0, 999));
        assertThat(more.path("granted").asString()).isEqualTo("1400");
    }

    @Test
    void endsTheStartOfARouterThatGivesBackMoreThanItHas() {
        var router = market.router();
        var customer = http.customer("0.000001");
        var leaseId = grant(router, request("r1", customer, null, 0, 999))
                .path("leaseId")
                .asString();

        assertThat(lease(router, returning(customer, leaseId, 1_001, 0)).problem())
                .isEqualTo("409 STATE_CONFLICT");

        assertThat(http.get("/v1/account", customer.ask()).text("available")).isEqualTo("0");
    }

    @Test
    void saysWhoHoldsWhatAnotherRouterIsShortOf() {
        var holder = market.router();
        var customer = http.customer("0.000001");
        var leaseId = grant(holder, request("r1", customer, null, 0, 999))
                .path("leaseId")
                .asString();
        var poor = market.router();

        assertThat(grant(poor, request("r2", customer, null, 0, 999))
                        .path("heldBy")
                        .toString())
                .isEqualTo("[{\"routerId\":%d,\"holder\":\"%s\"}]".formatted(holder.id, customer.id()));

        lease(holder, returning(customer, leaseId, 0, 0));
        assertThat(grant(poor, request("r3", customer, null, 0, 999)).has("heldBy"))
                .as("what is spent already")
                .isFalse();
    }

    @Test
    void keepsCrumbsUntilTheyBuySomethingTogether() {
        var router = market.router();
        var customer = http.customer("0.0000005");

        var crumbs = lease(router, request("r1", customer, null, 0, 999).replace("}", ",\"least\":\"999\"}"));

        assertThat(crumbs.json().path("grants").path(0).path("outcome").asString())
                .isEqualTo("NOTHING_LEFT");
        assertThat(http.get("/v1/account", customer.ask()).text("available")).isEqualTo("0.0000005");
    }

    @Test
    void answersALostRequestWithTheSameLease() {
        var router = market.router();
        var customer = http.customer("1");

        var first = grant(router, request("r1", customer, null, 0, 1_000));
        var again = grant(router, request("r1", customer, null, 0, 1_000));

        assertThat(again).isEqualTo(first);
    }

    @Test
    void leasesAllThatIsLeftToTheOnlyRouter() {
        var router = market.router();
        var customer = http.customer("0.000001");

        var first = grant(router, request("r1", customer, null, 0, 999));
        var second = grant(router, request("r2", customer, first.path("leaseId").asString(), 0, 999));

        assertThat(first.path("granted").asString()).isEqualTo("1000");
        assertThat(second.path("outcome").asString()).isEqualTo("NOTHING_LEFT");
        assertThat(second.path("granted").asString()).isEqualTo("1000");
        assertThat(second.path("balance").asString()).isEqualTo("1000");
    }

    @Test
    void leavesSomethingToOtherRouters() {
        var router = market.router();
        market.router();
        var customer = http.customer("0.000002");

        var grant = grant(router, request("r1", customer, null, 0, 100));

        assertThat(grant.path("granted").asString()).isEqualTo("500");
    }

    @Test
    void hasNothingForTheUnknownThePoorAndTheClosed() {
        var router = market.router();
        var poor = http.customer("0");
        var rich = http.customer("1");

        var grants = lease(
                        router,
                        "{\"requestId\":\"u\",\"accountId\":\"nobody\",\"leaseId\":null,\"spentRecently\":\"0\",\"dearestAsk\":\"1\"}",
                        request("p", poor, null, 0, 1),
                        request("c", rich, UUID.randomUUID().toString(), 0, 1))
                .json()
                .path("grants");

        assertThat(grants)
                .extracting(grant -> grant.path("outcome").asString())
                .containsExactly("UNKNOWN_ACCOUNT", "NOTHING_LEFT", "LEASE_CLOSED");
        assertThat(grants)
                .allSatisfy(
                        grant -> assertThat(grant.path("granted").asString()).isEqualTo("0"));
        assertThat(grants)
                .allSatisfy(grant -> assertThat(grant.path("leaseId").isNull()).isTrue());
    }

    @Test
    void takesAnEmptyCallAsASignOfLife() {
        var router = market.router();

        var answer = lease(router);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("grants").size()).isZero();
        assertThat(answer.json().path("liveRouters").asInt()).isEqualTo(1);
        assertThat(answer.json().path("validMillis").asLong()).isEqualTo(120_000);
    }

    @Test
    void namesTheRoutersThatLive() {
        var silent = market.router();
        jdbc.sql("update stream_router set seen_at = now() - interval '61 seconds' where router = ?")
                .param(silent.id)
                .update();
        var router = market.router();
        http.internal("/internal/routers/65001/incarnations", "{\"internalUrl\":\"http://127.0.0.1:9090\"}");

        assertThat(lease(router).json().path("routers").toString())
                .isEqualTo("[{\"routerId\":%d,\"internalUrl\":null},".formatted(router.id)
                        + "{\"routerId\":65001,\"internalUrl\":\"http://127.0.0.1:9090\"}]");
    }

    @Test
    void keepsHowFarARouterSaysThatItIs() {
        var router = market.router();

        lease(router, 70, 64);
        lease(router, 90, 80);
        lease(router, 85, 60);
        lease(router);

        assertThat(jdbc.sql("select journaled, acknowledged from stream_progress where router = ? and incarnation = ?")
                        .params(router.id, router.incarnation)
                        .query()
                        .singleRow())
                .as("a call that was overtaken takes nothing back of the journal; Kafka may have lost something")
                .containsEntry("journaled", 90L)
                .containsEntry("acknowledged", 60L);
    }

    @ParameterizedTest
    @CsvSource({"-1,-1", "5,-1", "5,6"})
    void refusesAProgressThatCannotBe(long journaled, long acknowledged) {
        assertThat(lease(market.router(), journaled, acknowledged).problem()).isEqualTo("400 INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"forwarding\":[0]",
                "\"forwarding\":[65536]",
                "\"forwarding\":[null]",
                "\"forwarding\":7",
                "\"requests\":[null]",
                "\"rates\":[null]"
            })
    void refusesWhatNoRouterSays(String member) {
        var router = market.router();

        assertThat(http.internal(
                                "/internal/leases",
                                "{\"routerId\":%d,\"incarnation\":%d,%s}"
                                        .formatted(router.id, router.incarnation, member))
                        .problem())
                .isEqualTo("400 INVALID_REQUEST");
    }

    @Test
    void refusesARouterThatHasStartedAgain() {
        var old = market.router();
        var now = market.start(old.id);

        assertThat(now.incarnation).isEqualTo(old.incarnation + 1);
        assertThat(lease(old).problem()).isEqualTo("409 STATE_CONFLICT");
        assertThat(lease(now).status()).isEqualTo(200);
    }

    @Test
    void namesTheStreamsThatARouterLeftBehind() {
        var old = market.router();
        lease(old);

        var start = start(old.id, "[1]");

        assertThat(start.status()).isEqualTo(201);
        assertThat(start.body()).isEqualTo("{\"incarnation\":2,\"unposted\":[{\"incarnation\":1,\"nextPosition\":0}]}");
    }

    @Test
    void refusesAStartWithoutTheJournalOfALivingOne() {
        var living = market.router();
        lease(living);

        var second = start(living.id, "[]");

        assertThat(second.problem()).isEqualTo("409 STATE_CONFLICT");
        assertThat(second.text("detail")).contains("Start 1 of router " + living.id);
        assertThat(start(living.id, "[7]").problem()).isEqualTo("409 STATE_CONFLICT");
        assertThat(http.internal("/internal/routers/" + living.id + "/incarnations", "{}")
                        .problem())
                .as("of an earlier version")
                .isEqualTo("409 STATE_CONFLICT");
        assertThat(lease(living).status()).as("the living one goes on").isEqualTo(200);
        assertThat(start(market.router().id, "[]").status())
                .as("another router")
                .isEqualTo(201);
    }

    @Test
    void takesAStartAtOnceThatHasTheJournalOfTheOneBeforeIt() {
        var killed = market.router();
        lease(killed);

        assertThat(start(killed.id, "[1]").status()).isEqualTo(201);
        assertThat(lease(killed).problem()).isEqualTo("409 STATE_CONFLICT");
    }

    @Test
    void takesAStartThatLostItsJournalWhenTheOneBeforeItIsSilent() {
        var lost = market.router();
        lease(lost);
        silent(lost, "16 seconds");

        assertThat(start(lost.id, "[]").body())
                .isEqualTo("{\"incarnation\":2,\"unposted\":[{\"incarnation\":1,\"nextPosition\":0}]}");
    }

    @Test
    void takesAStartWhenTheClockWasSetBack() {
        var lost = market.router();
        lease(lost);
        silent(lost, "-1 hour");

        assertThat(start(lost.id, "[]").status()).isEqualTo(201);
    }

    @Test
    void takesAStartWhenTheOneBeforeItHasEndedOrWasGivenUp() {
        for (var over : List.of("ended_at", "closed_at")) {
            var stopped = market.router();
            lease(stopped);
            jdbc.sql("update stream set " + over + " = now() where router = ?")
                    .param(stopped.id)
                    .update();

            assertThat(start(stopped.id, "[]").body()).isEqualTo("{\"incarnation\":2,\"unposted\":[]}");
        }
    }

    /// As where the answer to a start is lost: the router asks again, and its journal knows nothing of it yet.
    @Test
    void givesAStartUpThatNeverCalledWhenAnotherComes() {
        var unheard = market.router();

        var start = start(unheard.id, "[]");

        assertThat(start.body()).isEqualTo("{\"incarnation\":2,\"unposted\":[]}");
        assertThat(lease(unheard).problem()).isEqualTo("409 STATE_CONFLICT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[null]", "[\"one\"]", "1", "[99999999999]"})
    void refusesEarlierStartsThatAreNone(String earlier) {
        assertThat(start(64_001, earlier).problem()).isEqualTo("400 INVALID_REQUEST");
    }

    @Test
    void takesNoMoreStartsOfARouterThatHasUsedThemUp() {
        var router = market.router();
        jdbc.sql("update stream_router set incarnation = 65535, seen_at = now() - interval '1 hour' where router = ?")
                .param(router.id)
                .update();

        var refused = start(router.id, "[1]");

        assertThat(refused.problem()).as("no conflict, which would pass").isEqualTo("400 INVALID_REQUEST");
        assertThat(refused.text("detail")).contains("used up its 65535 starts", "another id");
    }

    private Http.Answer start(int router, String earlier) {
        return http.internal("/internal/routers/" + router + "/incarnations", "{\"earlier\":" + earlier + "}");
    }

    private void silent(Market.Router router, String time) {
        jdbc.sql("update stream_router set seen_at = now() - cast(? as interval) where router = ?")
                .params(time, router.id)
                .update();
    }

    @Test
    void tellsWhichStreamsHaveEnded() {
        var old = market.router();
        var now = market.start(old.id);
        jdbc.sql("update stream set next_position = 7, ended_at = now() where router = ? and incarnation = ?")
                .params(old.id, old.incarnation)
                .update();

        assertThat(lease(now).json().path("streams").toString())
                .isEqualTo("[{\"incarnation\":1,\"nextPosition\":7,\"ended\":true},"
                        + "{\"incarnation\":2,\"nextPosition\":0,\"ended\":false}]");
        jdbc.sql("update stream set next_position = 0 where router = ?") // where others look, nothing is missing
                .param(old.id)
                .update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "abc"})
    void refusesARouterIdThatIsNone(String id) {
        assertThat(http.internal("/internal/routers/" + id + "/incarnations", "{}")
                        .problem())
                .isEqualTo("400 INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"requestId\":\"r\",\"accountId\":\"a\",\"leaseId\":\"no-uuid\",\"spentRecently\":\"0\",\"dearestAsk\":\"1\"}",
                "{\"requestId\":\"r\",\"accountId\":\"a\",\"spentRecently\":\"-1\",\"dearestAsk\":\"1\"}",
                "{\"requestId\":\"r\",\"accountId\":\"a\",\"spentRecently\":\"0\",\"dearestAsk\":\"9999999999999999999\"}",
                "{\"requestId\":\"r\",\"accountId\":\"a\"}",
                "{}"
            })
    void refusesRequestsThatCannotBeRead(String request) {
        assertThat(lease(market.router(), request).problem()).isEqualTo("400 INVALID_REQUEST");
    }

    @Test
    void isForServicesOnly() {
        assertThat(http.post("/internal/leases", "{}").status()).isEqualTo(401);
        assertThat(http.post("/internal/routers/1/incarnations", "{}").status()).isEqualTo(401);
    }

    @Test
    void neverLeasesMoreThanThereIsHoweverManyAsk() throws Exception {
        var customer = http.customer("0.00001");
        var calls = new ArrayList<Callable<JsonNode>>();
        for (var routers = 0; routers < 8; routers++) {
            var router = market.router();
            for (var times = 0; times < 12; times++) {
                var id = "r" + times;
                calls.add(() -> grant(router, request(id, customer, open(router, customer), 900, 1)));
            }
        }

        try (var threads = Executors.newFixedThreadPool(16)) {
            for (var called : threads.invokeAll(calls)) {
                assertThat(called.get().path("outcome").asString()).isIn("GRANTED", "NOTHING_LEFT", "LEASE_CLOSED");
            }
        }

        var granted = jdbc.sql("select sum(granted) from credit_lease where account_id = ?")
                .param(customer.id())
                .query(Long.class)
                .single();
        var account = http.get("/v1/account", customer.ask());
        assertThat(granted).isPositive().isLessThanOrEqualTo(10_000);
        assertThat(account.text("balance")).isEqualTo("0.00001");
        assertThat(account.text("reserved")).isEqualTo(io.streamsync.protocol.money.Amount.decimal(granted));
    }

    @Test
    void refusesInTheDatabaseToPostMoreThanWasGranted() {
        var router = market.router();
        var customer = http.customer("1");
        var leaseId = grant(router, request("r1", customer, null, 0, 1_000))
                .path("leaseId")
                .asString();

        assertThatThrownBy(() -> jdbc.sql("update credit_lease set posted = granted + 1 where id = ?::uuid")
                        .param(leaseId)
                        .update())
                .hasMessageContaining("credit_lease_posted_within_granted");
    }

    private String open(Market.Router router, Http.Customer customer) {
        return jdbc.sql("select id::text from credit_lease where router = ? and account_id = ? and state = 'OPEN'")
                .params(router.id, customer.id())
                .query(String.class)
                .optional()
                .orElse("");
    }

    private JsonNode grant(Market.Router router, String request) {
        return lease(router, request).json().path("grants").path(0);
    }

    private Http.Answer lease(Market.Router router, String... requests) {
        return http.internal(
                "/internal/leases",
                "{\"routerId\":%d,\"incarnation\":%d,\"requests\":[%s]}"
                        .formatted(router.id, router.incarnation, String.join(",", requests)));
    }

    private Http.Answer lease(Market.Router router, long journaled, long acknowledged) {
        return http.internal(
                "/internal/leases",
                "{\"routerId\":%d,\"incarnation\":%d,\"journaled\":%d,\"acknowledged\":%d}"
                        .formatted(router.id, router.incarnation, journaled, acknowledged));
    }

    private static String returning(Http.Customer customer, String leaseId, long returned, long unspent) {
        return request("back", customer, leaseId, 0, 0)
                .replace("}", ",\"more\":false,\"returned\":\"%d\",\"unspent\":\"%d\"}".formatted(returned, unspent));
    }

    private static String request(
            String id,
            Http.Customer customer,
            @org.jspecify.annotations.Nullable String leaseId,
            long spent,
            long dearest) {
        return """
                {"requestId":"%s","accountId":"%s","leaseId":%s,"spentRecently":"%d","dearestAsk":"%d"}""".formatted(
                        id,
                        customer.id(),
                        leaseId == null || leaseId.isEmpty() ? "null" : "\"" + leaseId + "\"",
                        spent,
                        dearest);
    }
}
