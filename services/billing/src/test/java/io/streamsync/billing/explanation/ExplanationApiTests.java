package io.streamsync.billing.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Broker;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.events.Topics;
import io.streamsync.events.router.SnapshotTaken;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.Offer;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.protocol.record.RaceIds;
import io.streamsync.protocol.record.StreamRecord.Reason;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.protocol.settlement.MerkleTree;
import io.streamsync.protocol.verification.RaceStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@BillingTest
class ExplanationApiTests {

    private static final RaceIds IDS = RaceIds.of(HexFormat.of().parseHex(BillingTest.RACE_KEY));

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    JdbcClient jdbc;

    /// So that the explanations of other races need not wait for theirs.
    @BeforeEach
    void knowASnapshot() {
        jdbc.sql("""
                        insert into archive_snapshot (hash, canonical, taken_at) values (?, ?, now())
                        on conflict do nothing""")
                .params(Market.SNAPSHOT, new String(snapshot(market.router()).canonical(), StandardCharsets.UTF_8))
                .update();
    }

    @Test
    void explainsAConfirmedRace() {
        var router = market.router();
        var customer = http.customer("1");
        var snapshot = snapshot(router);
        router.snapshot = snapshot.hash();
        tell(snapshot);
        await().until(() -> http.get("/v1/snapshots/" + snapshot.hash()).status() == 200);
        var lease = router.lease(customer, 1_000_000);
        var race = router.charged(lease, 4_005);
        var raceId = raceId(router, race);
        router.verified(race, 4_005, RaceStatus.CONFIRMED);

        var frame = send(router);
        var explained = explained(raceId, "CONFIRMED");

        assertThat(explained.propertyNames())
                .containsExactlyInAnyOrder(
                        "raceId",
                        "occurredAt",
                        "method",
                        "queryClass",
                        "epoch",
                        "snapshot",
                        "parametersVersion",
                        "prefer",
                        "candidates",
                        "candidateCount",
                        "leftOut",
                        "racers",
                        "winner",
                        "latencyMs",
                        "slot",
                        "sla",
                        "status",
                        "price",
                        "split",
                        "refund",
                        "receiptHash",
                        "settlement");
        assertThat(explained.path("raceId").asString()).isEqualTo(raceId);
        assertThat(explained.path("method").asString()).isEqualTo("getBalance");
        assertThat(explained.path("queryClass").asString()).isEqualTo("lookup");
        assertThat(explained.path("prefer").asString()).isEqualTo("balanced");
        assertThat(explained.path("snapshot").asString()).isEqualTo(snapshot.hash());
        assertThat(explained.path("latencyMs").asDouble()).isEqualTo(1.234);
        assertThat(explained.path("slot").asLong()).isEqualTo(77);
        assertThat(explained.path("price").asString()).isEqualTo("0.000004005");
        assertThat(explained.path("sla").isNull()).isTrue();
        assertThat(explained.path("refund").isNull()).isTrue();
        assertThat(explained.path("settlement").isNull()).isTrue();
        assertThat(explained.path("winner").toString())
                .isEqualTo("{\"nodeId\":\"node1-%1$d\",\"operatorId\":\"op1-%1$d\"}".formatted(router.id));
        assertThat(explained.path("receiptHash").asString())
                .isEqualTo(HexFormat.of()
                        .formatHex(MerkleTree.leafHash(
                                StreamRecords.publicPart(frame.records().getFirst()))));
        assertThat(explained.path("racers").path(2).toString()).isEqualTo("""
                        {"nodeId":"node3-%1$d","operatorId":"op3-%1$d","place":"checking","latencyMs":1.502,\
                        "outcome":"answer","verdict":"agrees"}""".formatted(router.id));
        assertThat(explained.path("split").toString()).isEqualTo("""
                        [{"to":"operator:op1-%1$d","basisPoints":5000,"amount":"0.000002002"},\
                        {"to":"verifier:op3-%1$d","basisPoints":1000,"amount":"0.0000004"},\
                        {"to":"verifier:op4-%1$d","basisPoints":1000,"amount":"0.0000004"},\
                        {"to":"stakers","basisPoints":1000,"amount":"0.0000004"},\
                        {"to":"treasury","basisPoints":2000,"amount":"0.000000803"}]""".formatted(router.id));
        explainsTheField(explained, router);
    }

    private static void explainsTheField(JsonNode explained, Market.Router router) {
        var candidates = StreamSupport.stream(explained.path("candidates").spliterator(), false)
                .toList();
        assertThat(explained.path("candidateCount").asInt()).isEqualTo(4);
        assertThat(candidates).hasSize(4);
        assertThat(candidates.getFirst().propertyNames())
                .containsExactly("nodeId", "operatorId", "price", "weight", "probability");
        assertThat(candidates.stream()
                        .mapToDouble(candidate -> candidate.path("probability").asDouble())
                        .sum())
                .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(candidates)
                .extracting(candidate -> candidate.path("probability").asDouble())
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(explained.path("leftOut").toString())
                .isEqualTo("[{\"nodeId\":\"node5-%1$d\",\"operatorId\":\"op5-%1$d\",\"reason\":\"FLAGGED\"}]"
                        .formatted(router.id));
    }

    @Test
    void explainsARaceBeforeItsVerdicts() {
        var router = market.router();
        router.snapshot = "6".repeat(64);
        var lease = router.lease(http.customer("1"), 1_000_000);
        var raceId = raceId(router, router.charged(lease, 4_000));
        send(router);

        var explained = explained(raceId, "PENDING");

        assertThat(explained.path("racers").path(0).toString()).isEqualTo("""
                        {"nodeId":"node1-%1$d","operatorId":"op1-%1$d","place":"racing","latencyMs":1.234,\
                        "outcome":"answer","verdict":"wins"}""".formatted(router.id));
        assertThat(explained.path("racers").path(1).toString()).isEqualTo("""
                        {"nodeId":"node2-%1$d","operatorId":"op2-%1$d","place":"racing","latencyMs":null,\
                        "outcome":null,"verdict":"unjudged"}""".formatted(router.id));
        assertThat(explained.path("split").path(1).path("to").asString()).isEqualTo("insurance");
        assertThat(explained.path("candidates").size())
                .as("the snapshot never came")
                .isZero();
    }

    @Test
    void saysWhyAPlaceDidNotWin() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var races = new EnumMap<Reason, String>(Reason.class);
        for (var reason : Reason.values()) {
            var race = router.charged(lease, 4_000);
            races.put(reason, raceId(router, race));
            router.verified(
                    race,
                    4_000,
                    RaceStatus.UNVERIFIED,
                    List.of(Verdict.WINS, Verdict.UNJUDGED, Verdict.LATE, Verdict.FAILED),
                    Arrays.asList(null, reason, null, Reason.TIMEOUT));
        }
        send(router);

        races.forEach((reason, raceId) -> {
            var racers = explained(raceId, "UNVERIFIED").path("racers");
            assertThat(racers.path(0).has("reason")).isFalse();
            assertThat(racers.path(1).path("reason").asString()).isEqualTo(reason.name());
            assertThat(racers.path(2).has("reason")).isFalse();
            assertThat(racers.path(3).path("reason").asString()).isEqualTo("TIMEOUT");
        });
    }

    @Test
    void explainsRefunds() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var late = raceId(router, router.late(lease, 4_000));
        var none = raceId(router, router.unanswered(lease));
        var sequence = router.charged(lease, 3_000);
        var wrong = raceId(router, sequence);
        router.verified(sequence, 3_000, RaceStatus.CONTRADICTED);
        send(router);

        var lateRace = explained(late, "PENDING");
        assertThat(lateRace.path("refund").toString())
                .isEqualTo(
                        "{\"refundId\":\"ref_%s\",\"reason\":\"SLA_MISSED\",\"amount\":\"0.000004\"}".formatted(late));
        assertThat(lateRace.path("sla").toString())
                .isEqualTo("{\"maxLatencyMs\":50,\"of\":\"customer\",\"met\":false}");
        assertThat(lateRace.path("price").asString()).isEqualTo("0.000004");
        assertThat(lateRace.path("split").size()).isZero();
        var noRace = explained(none, "NO_ANSWER");
        assertThat(noRace.path("winner").isNull()).isTrue();
        assertThat(noRace.path("latencyMs").isNull()).isTrue();
        assertThat(noRace.path("refund").path("amount").asString()).isEqualTo("0");
        var wrongRace = explained(wrong, "CONTRADICTED");
        assertThat(wrongRace.path("refund").path("reason").asString()).isEqualTo("WRONG_ANSWER");
        assertThat(wrongRace.path("price").asString()).isEqualTo("0.000003");
        assertThat(wrongRace.path("split").size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000000000000000000000000000", "nonsense", "0", "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"})
    void knowsNoRaceThatWasNot(String raceId) {
        assertThat(http.get("/v1/races/" + raceId).problem()).isEqualTo("404 NOT_FOUND");
    }

    @Test
    void doesNotOpenAnIdOfAnotherMillisecond() {
        var router = market.router();
        var race = router.charged(router.lease(http.customer("1"), 1_000_000), 4_000);
        var raceId = raceId(router, race);
        send(router);
        explained(raceId, "PENDING");

        var other = IDS.seal(new RaceAddress(router.id, router.incarnation, race), 1);

        assertThat(http.get("/v1/races/" + other).problem()).isEqualTo("404 NOT_FOUND");
    }

    @Test
    void listsTheCallersOwnNewestFirst() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        var others = router.lease(http.customer("1"), 1_000_000);
        var ids = IntStream.range(0, 5)
                .mapToObj(number -> {
                    router.charged(others, 100);
                    return raceId(router, router.charged(lease, 1_000));
                })
                .toList();
        send(router);
        explained(ids.getLast(), "PENDING");

        var first = http.get("/v1/races?limit=3", customer.ask()).json();
        var second = http.get(
                        "/v1/races?limit=3&cursor=" + first.path("nextCursor").asString(), customer.ask())
                .json();

        assertThat(first.path("items"))
                .extracting(race -> race.path("raceId").asString())
                .containsExactly(ids.get(4), ids.get(3), ids.get(2));
        assertThat(second.path("items"))
                .extracting(race -> race.path("raceId").asString())
                .containsExactly(ids.get(1), ids.get(0));
        assertThat(second.path("nextCursor").isNull()).isTrue();
        assertThat(http.get("/v1/races").problem()).isEqualTo("401 INVALID_KEY");
        assertThat(http.get("/v1/races?cursor=none", customer.ask()).problem()).isEqualTo("400 INVALID_REQUEST");
        assertThat(http.get("/v1/races?limit=0", customer.ask()).problem()).isEqualTo("400 INVALID_REQUEST");
        assertThat(http.get("/v1/races?from=soon", customer.ask()).problem()).isEqualTo("400 INVALID_REQUEST");
    }

    @Test
    void listsABatchInItsOrder() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        router.batch = "batch-" + router.id;
        var ids = IntStream.range(0, 3)
                .mapToObj(number -> {
                    router.batchIndex = 2 - number;
                    return raceId(router, router.charged(lease, 1_000));
                })
                .toList();
        send(router);
        explained(ids.getLast(), "PENDING");

        var first = http.get("/v1/races?limit=2&batch=" + router.batch, customer.ask())
                .json();
        var second = http.get(
                        "/v1/races?limit=2&batch=" + router.batch + "&cursor="
                                + first.path("nextCursor").asString(),
                        customer.ask())
                .json();

        assertThat(first.path("items"))
                .extracting(race -> race.path("raceId").asString())
                .containsExactly(ids.get(2), ids.get(1));
        assertThat(second.path("items"))
                .extracting(race -> race.path("raceId").asString())
                .containsExactly(ids.get(0));
        assertThat(http.get(
                                "/v1/races?batch=" + router.batch,
                                http.customer("0").ask())
                        .json()
                        .path("items")
                        .size())
                .isZero();
    }

    private JsonNode explained(String raceId, String status) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(http.get("/v1/races/" + raceId).text("status"))
                        .isEqualTo(status));
        return http.get("/v1/races/" + raceId).json();
    }

    private static String raceId(Market.Router router, long sequence) {
        return IDS.seal(new RaceAddress(router.id, router.incarnation, sequence), router.now());
    }

    private static Frame send(Market.Router router) {
        var frame = router.frame();
        Broker.send(Topics.RACES, 0, router.key(), frame.encode());
        return frame;
    }

    private static void tell(MarketSnapshot snapshot) {
        var taken = new SnapshotTaken(
                UUID.randomUUID().toString(),
                Instant.now(),
                1,
                "1",
                1,
                1,
                snapshot.hash(),
                new String(snapshot.canonical(), StandardCharsets.UTF_8));
        Broker.send(Topics.SNAPSHOTS, null, snapshot.hash(), JsonMapper.shared().writeValueAsBytes(taken));
    }

    /// Five operators with a node each; the last is flagged.
    private static MarketSnapshot snapshot(Market.Router router) {
        return MarketSnapshot.of(
                Parameters.defaults().version(),
                IntStream.rangeClosed(1, 5)
                        .mapToObj(number -> new ListedOperator(
                                router.operator(number),
                                router.operator(number),
                                10_000_000_000_000L,
                                950_000,
                                number == 5))
                        .toList(),
                IntStream.rangeClosed(1, 5)
                        .mapToObj(number -> new ListedNode(
                                new NodeId("node" + number + "-" + router.id),
                                router.operator(number),
                                NodeState.ACTIVE,
                                900_000,
                                Map.of(
                                        QueryClass.LOOKUP,
                                        new Offer(new Ask(4_000L + number, 50, 100), 500_000, 700_000))))
                        .toList());
    }
}
