package io.streamsync.reputation.observation;

import static io.streamsync.protocol.record.StreamRecord.Verdict.AGREES;
import static io.streamsync.protocol.record.StreamRecord.Verdict.DISAGREES;
import static io.streamsync.protocol.record.StreamRecord.Verdict.WINS;
import static io.streamsync.protocol.verification.RaceStatus.CONFIRMED;
import static io.streamsync.protocol.verification.RaceStatus.CONTRADICTED;
import static io.streamsync.protocol.verification.RaceStatus.INCONCLUSIVE;
import static io.streamsync.reputation.observation.Races.checking;
import static io.streamsync.reputation.observation.Races.race;
import static io.streamsync.reputation.observation.Races.racing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.events.Topics;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import io.streamsync.protocol.record.StreamRecord.LeaseClosed;
import io.streamsync.protocol.record.StreamRecord.PrivatePart;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.reputation.Market;
import io.streamsync.reputation.MovableClock;
import io.streamsync.reputation.ReputationTest;
import io.streamsync.testing.Backends;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

@ReputationTest
@ExtendWith(OutputCaptureExtension.class)
class RaceIntakeTests {

    @Autowired
    Market market;

    @Autowired
    MovableClock clock;

    @Autowired
    RaceIntake intake;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    KafkaListenerEndpointRegistry listeners;

    @Test
    void movesTheScoresOfThoseWhoWereRight() {
        market.list("alice", "carol");

        market.race(101, 0, confirmed("alice", "carol"));

        var alice = market.awaitScore("alice", score -> score.verifiedRaces() == 1);
        assertThat(alice.accuracy()).isBetween(818_100, 818_182); // 9 of 11
        assertThat(alice.uptime()).isBetween(545_400, 545_455); // 6 of 11
        assertThat(alice.performance()).containsOnlyKeys("lookup");
        assertThat(alice.performance().get("lookup")).isBetween(540_000, 545_455);
        var carol = market.awaitScore("carol", score -> score.verifiedRaces() == 1);
        assertThat(carol.accuracy()).isBetween(818_100, 818_182);
        assertThat(carol.performance().get("lookup"))
                .isLessThan(alice.performance().get("lookup"));
    }

    @Test
    void lowersTheAccuracyOfAContradictedOperator() {
        market.list("liar");

        market.race(
                102,
                0,
                race(
                        now(),
                        CONTRADICTED,
                        racing("liar", WINS, 5),
                        checking("x", DISAGREES, 9),
                        checking("y", DISAGREES, 9)));

        var liar = market.awaitScore("liar", score -> score.accuracy() < 800_000);
        assertThat(liar.accuracy()).isBetween(666_667, 666_700); // 8 of 12
        assertThat(liar.verifiedRaces()).isZero();
    }

    @Test
    void talliesTheSidesOfAConflict() {
        market.race(
                103,
                0,
                race(now(), INCONCLUSIVE, racing("m", WINS, 5), checking("n", AGREES, 9), checking("o", DISAGREES, 9)));

        await().untilAsserted(() -> assertThat(conflicts())
                .containsEntry("m", 1L)
                .containsEntry("n", 1L)
                .containsEntry("o", 1L));
    }

    @Test
    void takesARepeatedRecordOnce() {
        market.list("dora");
        var race = confirmed("dora", "witness");

        market.race(104, 0, race, race);
        market.race(104, 0, race, race);
        market.race(104, 1, race, race, race);
        market.race(104, 2, race);
        market.race(104, 4, race);

        market.awaitScore("dora", score -> score.verifiedRaces() == 5);
        assertThat(nextPosition(104)).isEqualTo(5);
        assertThat(tallies()).containsEntry("dora-1", 5L);
    }

    @Test
    void passesOverRecordsThatMoveNoScore(CapturedOutput output) {
        market.list("emil");

        market.race(
                105,
                0,
                new LeaseClosed(UUID.randomUUID(), 7),
                subscriptionCharged(),
                confirmed("emil", "witness"),
                new EpochEnded(5, now().toEpochMilli()),
                confirmed("emil", "witness"));

        market.awaitScore("emil", score -> score.verifiedRaces() == 2);
        assertThat(nextPosition(105)).isEqualTo(5);
        assertThat(output).doesNotContain("cannot be read");
    }

    private SubscriptionCharged subscriptionCharged() {
        return new SubscriptionCharged(
                "5e".repeat(16),
                now().toEpochMilli(),
                5,
                "1",
                "slotSubscribe",
                new NodeId("emil-1"),
                new OperatorId("emil"),
                4_000,
                true,
                0,
                4_000,
                new PrivatePart("00".repeat(16), "account", "key", UUID.randomUUID(), 4_000, null, 0));
    }

    @Test
    void reportsAndSkipsWhatItCannotRead(CapturedOutput output) {
        market.list("fritz");
        var broken = Market.frame(106, 1, confirmed("fritz", "witness"));
        broken[broken.length / 2] ^= 1;

        market.race(106, 0, confirmed("fritz", "witness"));
        market.frame(106, broken);
        market.frame(106, new byte[0]);
        market.race(106, 2, confirmed("fritz", "witness"));
        var unknown = StreamRecords.encode(confirmed("fritz", "witness"));
        unknown[1] = 99; // its version
        market.frame(106, new Frame(106, 1, 3, List.of(unknown)).encode());
        market.race(106, 4, confirmed("fritz", "witness"));

        market.awaitScore("fritz", score -> score.verifiedRaces() == 3);
        assertThat(nextPosition(106)).isEqualTo(5);
        assertThat(output)
                .contains("a frame of race records cannot be read")
                .contains("race records are missing")
                .contains("alert=\"RACE_RECORD_UNREADABLE\"")
                .contains("alert=\"RACE_STREAM_GAP\"");
    }

    @Test
    void goesOnAfterARestartWithoutCountingAnythingAgain() throws Exception {
        market.list("gerda");
        var races = IntStream.range(0, 10)
                .mapToObj(n -> confirmed("gerda", "witness"))
                .toArray(Verified[]::new);
        market.race(107, 0, races);
        market.awaitScore("gerda", score -> score.verifiedRaces() == 10);
        var before = tallies();

        listeners.stop();
        rewindRaces();
        market.race(107, 10, confirmed("gerda", "witness"));
        listeners.start();

        market.awaitScore("gerda", score -> score.verifiedRaces() == 11);
        before.merge("gerda-1", 1L, Long::sum);
        before.merge("witness-1", 1L, Long::sum);
        assertThat(tallies()).isEqualTo(before);
    }

    @Test
    void countsEveryRaceOnceWhenSeveralInstancesTakeThemIn() {
        try (var instances = Executors.newVirtualThreadPerTaskExecutor()) {
            var taken = IntStream.range(110, 114)
                    .mapToObj(router -> CompletableFuture.runAsync(() -> takeFifty(router), instances))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(taken).join();
        }

        assertThat(List.of("p-1", "q-1", "r-1", "s-1", "t-1").stream()
                        .mapToLong(node -> tallies().getOrDefault(node, 0L))
                        .sum())
                .isEqualTo(4 * 50 * 2);
    }

    private void takeFifty(int router) {
        var operators = List.of("p", "q", "r", "s", "t");
        for (int n = 0; n < 50; n++) {
            var winner = operators.get((router + n) % 5);
            var checker = operators.get((router + n + 1 + n % 4) % 5);
            intake.take(List.of(Frame.decode(Market.frame(router, n, confirmed(winner, checker)))));
        }
    }

    private Verified confirmed(String winner, String checker) {
        return race(now(), CONFIRMED, racing(winner, WINS, 20), checking(checker, AGREES, 25));
    }

    private Instant now() {
        return clock.instant();
    }

    private long nextPosition(int router) {
        return jdbc.sql("select next_position from observation_stream where router = ? and incarnation = 1")
                .param(router)
                .query(Long.class)
                .single();
    }

    private Map<String, Long> tallies() {
        return tallies("CONFIRMED_ANSWERS");
    }

    private Map<String, Long> conflicts() {
        return tallies("CONFLICTS");
    }

    private Map<String, Long> tallies(String tally) {
        return jdbc
                .sql("select subject, count from score_tally where tally = ?")
                .param(tally)
                .query((row, n) -> Map.entry(row.getString(1), row.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// Sets the service's consumers back to the first frame, as if no offset had ever been kept.
    private static void rewindRaces() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", Backends.kafka()))) {
            var start = IntStream.range(0, 6)
                    .mapToObj(partition -> new TopicPartition(Topics.RACES, partition))
                    .collect(Collectors.toMap(partition -> partition, partition -> new OffsetAndMetadata(0)));
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> admin.alterConsumerGroupOffsets("reputation-races", start)
                                    .all()
                                    .get()
                            == null);
        }
    }
}
