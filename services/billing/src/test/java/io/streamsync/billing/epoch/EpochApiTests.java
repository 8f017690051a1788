package io.streamsync.billing.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Broker;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.Snapshots;
import io.streamsync.events.Topics;
import io.streamsync.events.router.EpochSecret;
import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.draw.Skipped;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.QueryClass;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

@BillingTest
class EpochApiTests {

    private static final String SECRET = "5e".repeat(32);

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    EpochSecrets secrets;

    @Test
    void showsWhatItTakesToReplayAnEpoch() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.skipped = List.of(new Skipped(new NodeId("node9-" + router.id), router.operator(9), SkipReason.BEHIND));
        var at = Instant.ofEpochMilli(router.now());
        router.chargedAt(at, lease, 1_000);
        router.chargedAt(at, lease, 1_000);
        var epoch = at.toEpochMilli() / 300_000;
        Broker.send(Topics.RACES, 0, router.key(), router.frame().encode());
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var first = Snapshots.of("epoch-a-" + router.id, 2, QueryClass.SCAN, 10);
        var second = Snapshots.of("epoch-b-" + router.id, 2, QueryClass.SCAN, 10);
        Snapshots.tell(second, now.plusMillis(5), router.id, router.incarnation, epoch);
        Snapshots.tell(first, now, router.id, router.incarnation, epoch);
        Snapshots.tell(first, now.plusMillis(9), router.id, router.incarnation, epoch);
        Snapshots.tell(first, now.plusMillis(9), router.id, router.incarnation, epoch);
        tell(router, epoch, commitment(SECRET), null);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(router(router, epoch).path("skips")).hasSize(5);
            assertThat(router(router, epoch).path("taken")).hasSize(3);
        });
        var shown = http.get("/v1/epochs/" + epoch).json();
        assertThat(shown.propertyNames()).containsExactly("epoch", "startsAt", "endsAt", "routers");
        assertThat(Instant.parse(shown.path("startsAt").asString()).toEpochMilli())
                .isEqualTo(epoch * 300_000);
        assertThat(Duration.between(
                        Instant.parse(shown.path("startsAt").asString()),
                        Instant.parse(shown.path("endsAt").asString())))
                .isEqualTo(Duration.ofMinutes(5));
        var one = router(router, epoch);
        assertThat(one.propertyNames())
                .containsExactly("routerId", "incarnation", "commitment", "secret", "snapshots", "taken", "skips");
        assertThat(one.path("secret").isNull()).isTrue();
        assertThat(one.path("snapshots").toString()).isEqualTo("[\"" + first.hash() + "\",\"" + second.hash() + "\"]");
        assertThat(one.path("taken").toString())
                .isEqualTo("""
                        [{"snapshot":"%1$s","takenAt":"%3$s"},{"snapshot":"%2$s","takenAt":"%4$s"},\
                        {"snapshot":"%1$s","takenAt":"%5$s"}]""".formatted(first.hash(), second.hash(), now, now.plusMillis(5), now.plusMillis(9)));
        assertThat(one.path("skips").toString()).isEqualTo("""
                [{"operatorId":"op1-%1$d","drawn":2,"skipped":0},{"operatorId":"op2-%1$d","drawn":2,"skipped":0},\
                {"operatorId":"op3-%1$d","drawn":2,"skipped":0},{"operatorId":"op4-%1$d","drawn":2,"skipped":0},\
                {"operatorId":"op9-%1$d","drawn":2,"skipped":2}]""".formatted(router.id));

        tell(router, epoch, commitment(SECRET), SECRET);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(router(router, epoch).path("secret").asString())
                                .isEqualTo(SECRET));
        tell(router, epoch, commitment(SECRET), null);
        assertThat(router(router, epoch).path("secret").asString()).isEqualTo(SECRET);
    }

    @Test
    void believesNoSecretThatDoesNotFit() {
        var router = market.router();
        tell(router, 77, commitment(SECRET), null);
        tell(router, 77, commitment(SECRET), "00".repeat(32));
        tell(router, 77, commitment("00".repeat(32)), "00".repeat(32));
        tell(router, 78, commitment(SECRET), null);

        await().untilAsserted(() ->
                assertThat(router(router, 78).path("commitment").asString()).isEqualTo(commitment(SECRET)));
        assertThat(router(router, 77).path("secret").isNull()).isTrue();
        assertThat(router(router, 77).path("commitment").asString()).isEqualTo(commitment(SECRET));
    }

    /// So that it is kept apart, with the reason, for whoever has to look.
    @Test
    void refusesWhatContradictsACommitment() {
        var router = market.router();
        secrets.take(told(router, 79, commitment(SECRET), null));

        assertThatThrownBy(() -> secrets.take(told(router, 79, commitment("00".repeat(32)), null)))
                .hasMessageContaining("a second commitment of router " + router.key() + " for epoch 79");
        assertThatThrownBy(() -> secrets.take(told(router, 79, commitment(SECRET), "00".repeat(32))))
                .hasMessageContaining("a secret that is not the one committed to: epoch 79");
    }

    @Test
    void listsEpochsNewestFirst() {
        var router = market.router();
        for (var epoch = 1_000_001L; epoch <= 1_000_003; epoch++) {
            tell(router, epoch, commitment(SECRET), null);
        }
        tell(router, 100_000_000, commitment(SECRET), null);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(http.get("/v1/epochs/100000000").status()).isEqualTo(200));

        var first = http.get("/v1/epochs?limit=2&cursor=1000004").json();
        var second = http.get(
                        "/v1/epochs?limit=1&cursor=" + first.path("nextCursor").asString())
                .json();

        assertThat(first.path("items"))
                .extracting(item -> item.path("epoch").asLong())
                .containsExactly(1_000_003L, 1_000_002L);
        assertThat(first.path("items").path(0).path("routers").path(0).propertyNames())
                .containsExactly("routerId", "incarnation", "commitment", "secret");
        assertThat(second.path("items").path(0).path("epoch").asLong()).isEqualTo(1_000_001L);
        assertThat(http.get("/v1/epochs").json().path("items"))
                .as("none that is to come")
                .extracting(item -> item.path("epoch").asLong())
                .isNotEmpty()
                .allMatch(epoch -> epoch < 100_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "999999999999999", "99999999999999999999999", "1.5"})
    void knowsNoEpochThatNobodyCommittedTo(String number) {
        assertThat(http.get("/v1/epochs/" + number).problem()).isEqualTo("404 NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=501", "cursor=x", "cursor=99999999999999999999999"})
    void refusesListsThatCannotBe(String query) {
        assertThat(http.get("/v1/epochs?" + query).problem()).isEqualTo("400 INVALID_REQUEST");
    }

    @Test
    void handsOutASnapshotUnderItsName() {
        var snapshot = Snapshots.of("named", 2, QueryClass.SCAN, 10);
        Snapshots.tell(snapshot, Instant.now(), 1, 1, 1);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                http.get("/v1/snapshots/" + snapshot.hash()).status())
                        .isEqualTo(200));
        var body = http.get("/v1/snapshots/" + snapshot.hash()).body();
        assertThat(Sha256.hex(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(snapshot.hash());
        assertThat(http.get("/v1/snapshots/" + "0".repeat(64)).problem()).isEqualTo("404 NOT_FOUND");
        assertThat(http.get("/v1/snapshots/x").problem()).isEqualTo("404 NOT_FOUND");
    }

    private JsonNode router(Market.Router router, long epoch) {
        for (var one : http.get("/v1/epochs/" + epoch).json().path("routers")) {
            if (one.path("routerId").asInt() == router.id) {
                return one;
            }
        }
        return MissingNode.getInstance();
    }

    private static void tell(Market.Router router, long epoch, String commitment, @Nullable String secret) {
        Broker.send(
                Topics.EPOCHS,
                null,
                Integer.toString(router.id),
                JsonMapper.shared().writeValueAsBytes(told(router, epoch, commitment, secret)));
    }

    private static EpochSecret told(Market.Router router, long epoch, String commitment, @Nullable String secret) {
        return new EpochSecret(
                UUID.randomUUID().toString(),
                Instant.now(),
                1,
                Integer.toString(router.id),
                router.incarnation,
                epoch,
                commitment,
                secret);
    }

    private static String commitment(String secret) {
        return Sha256.hex(HexFormat.of().parseHex(secret));
    }
}
