package io.streamsync.reputation.probing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.events.probe.NodeProbed;
import io.streamsync.reputation.Market;
import io.streamsync.reputation.MovableClock;
import io.streamsync.reputation.ReputationTest;
import io.streamsync.testing.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@ReputationTest
class ProbingTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration ROUND = Duration.ofSeconds(10);

    @Autowired
    Market market;

    @Autowired
    MovableClock clock;

    @Autowired
    ProbeTurns turns;

    @Autowired
    JdbcClient jdbc;

    @Test
    void asksForTheSlotAtTheCheckedAddressAndTellsIt() {
        try (var node = new ScriptedServer()) {
            node.reacts(exchange -> ScriptedServer.json(slot(node, 1_234)).react(exchange));
            market.tell(Market.selling("probed", clock.instant(), "http://probed.example:" + node.port() + "/rpc"));
            market.awaitScore("probed", score -> true);

            clock.forwardToTheNext(ROUND); // so that an answer is of the same round as its question

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(market.probes("reputation", "probed"))
                            .anySatisfy(probe -> {
                                assertThat(probe.nodeId()).isEqualTo("probed-1");
                                assertThat(probe.answered()).isTrue();
                                assertThat(probe.slot()).isEqualTo(1_234);
                                assertThat(probe.latencyMicros()).isPositive();
                                assertThat(probe.round())
                                        .isEqualTo(probe.occurredAt().toEpochMilli() / ROUND.toMillis());
                            }));
            var asked = node.seen().getFirst();
            var question = JsonMapper.shared().readTree(asked.body());
            assertThat(question.path("method").asString()).isEqualTo("getSlot");
            assertThat(question.at("/params/0/commitment").asString()).isEqualTo("processed");
            assertThat(asked.path()).isEqualTo("/rpc");
            assertThat(asked.headers().getFirst("host")).isEqualTo("probed.example:" + node.port());
            assertThat(asked.headers().getFirst("x-key")).isEqualTo("secret");
        }
    }

    @Test
    void tellsWhoDoesNotAnswerAndIsSilentOfWhoLimitsItsRate() {
        try (var wrong = new ScriptedServer().answers("{\"jsonrpc\":\"2.0\",\"id\":-7,\"result\":5}");
                var busy = new ScriptedServer().reacts(ScriptedServer.status(429))) {
            market.tell(Market.selling("wrong", clock.instant(), wrong.url()));
            market.tell(Market.selling("busy", clock.instant(), busy.url()));
            market.awaitScore("wrong", score -> true);
            market.awaitScore("busy", score -> true);

            clock.forward(ROUND);

            await().atMost(PATIENCE).until(() -> !busy.seen().isEmpty());
            await().atMost(PATIENCE)
                    .until(() -> !market.probes("reputation", "wrong").isEmpty());
            assertThat(market.probes("reputation", "wrong").getFirst()).satisfies(probe -> {
                assertThat(probe.answered()).isFalse();
                assertThat(probe.slot()).isNull();
                assertThat(probe.latencyMicros()).isNull();
            });
            assertThat(market.probes("reputation", "busy")).isEmpty();
        }
    }

    @Test
    void probesOnceARoundHoweverManyInstancesThereAre() {
        var round = clock.millis() / ROUND.toMillis() + 1_000_000_000;

        assertThat(turns.take(round)).isTrue();
        assertThat(turns.take(round)).isFalse();
        assertThat(turns.take(round - 1))
                .as("the clock of one instance is late")
                .isFalse();
        assertThat(turns.take(round + 1)).isTrue();
        assertThat(turns.take(round - 100)).as("the clock was set back").isTrue();
    }

    @Test
    void movesUptimeOnceARoundIsComplete() {
        market.list("here", "gone", "third");
        var round = clock.millis() / ROUND.toMillis();
        for (int times = 0; times < 2; times++) {
            market.tell(probe("router:901", round, "here", 500L));
            market.tell(probe("router:901", round, "third", 500L));
            market.tell(probe("router:901", round, "gone", null));
        }
        market.tell(probe("router:902", round, "here", 501L));
        market.tell(probe("router:902", round, "third", 501L));
        for (var operator : List.of("here", "third")) {
            awaitTaken("router:901", operator);
            awaitTaken("router:902", operator);
        }
        awaitTaken("router:901", "gone");

        clock.forward(ROUND.multipliedBy(2));

        // 7 of 12 and 5 of 11: two probers and a prior of 10 samples, each probe once; they fade a little
        var here = market.awaitScore("here", score -> score.verifiedRaces() == 2);
        assertThat(here.uptime()).isBetween(583_000, 583_334);
        assertThat(here.accuracy()).isEqualTo(800_000);
        var gone = market.awaitScore("gone", score -> score.uptime() < 499_000);
        assertThat(gone.uptime()).isBetween(454_545, 454_600);
        assertThat(gone.verifiedRaces()).isZero();

        market.tell(probe("router:901", round, "late", 500L));
        market.list("late");
        clock.forward(ROUND.multipliedBy(2));
        market.tell(probe("router:903", round, "late", 500L));
        market.tell(probe("router:903", round, "here", 500L));
        awaitTaken("router:903", "late");
        awaitTaken("router:903", "here");
        clock.forward(ROUND.multipliedBy(2));
        assertThat(market.awaitScore("late", score -> score.verifiedRaces() > 0).verifiedRaces())
                .as("what comes after its round was judged counts for nobody")
                .isEqualTo(1);
    }

    @Test
    void countsNothingWhenUnderHalfOfTheOperatorsAnswered() {
        market.list("alone", "quiet", "still");
        var round = clock.millis() / ROUND.toMillis();
        market.tell(probe("router:904", round, "alone", 500L));
        market.tell(probe("router:904", round, "quiet", null));
        market.tell(probe("router:904", round, "still", null));
        for (var operator : List.of("alone", "quiet", "still")) {
            awaitTaken("router:904", operator);
        }
        clock.forward(ROUND.multipliedBy(2));
        awaitJudged("router:904", round);
        market.tell(probe("router:904", round + 2, "alone", 520L));
        market.tell(probe("router:904", round + 2, "quiet", 520L));
        awaitTaken("router:904", "alone");
        awaitTaken("router:904", "quiet");
        clock.forward(ROUND.multipliedBy(2));

        var quiet = market.awaitScore("quiet", score -> score.verifiedRaces() == 1);
        assertThat(quiet.uptime()).as("6 of 11").isBetween(545_400, 545_455);
        assertThat(market.published("still")).hasSize(1);
    }

    @Test
    void passesOverProbesThatItCannotRead() {
        market.list("reader", "other");
        market.tellProbe("reader-1", "not json");
        market.tellProbe("reader-1", "{\"round\":\"x\"}");
        var round = clock.millis() / ROUND.toMillis();
        market.tell(probe("router:905", round, "reader", 1L));
        market.tell(probe("router:905", round, "other", 1L));
        awaitTaken("router:905", "reader");
        awaitTaken("router:905", "other");

        clock.forward(ROUND.multipliedBy(2));

        market.awaitScore("reader", score -> score.verifiedRaces() == 1);
    }

    private void awaitJudged(String prober, long round) {
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("select exists (select from probing_round where prober = ? and round = ?)")
                        .params(prober, round)
                        .query(Boolean.class)
                        .single());
    }

    /// Waits until the service has taken a probe in that it has not judged.
    private void awaitTaken(String prober, String operator) {
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("select exists (select from probing_probe where prober = ? and operator_id = ?)")
                        .params(prober, operator)
                        .query(Boolean.class)
                        .single());
    }

    private NodeProbed probe(String prober, long round, String operator, @Nullable Long slot) {
        return new NodeProbed(
                UUID.randomUUID().toString(),
                clock.instant(),
                1,
                prober,
                round,
                operator + "-1",
                operator,
                slot != null,
                slot == null ? null : 900L,
                slot);
    }

    /// The answer to the last question that the node was asked.
    private static String slot(ScriptedServer node, long slot) {
        List<ScriptedServer.Request> seen = node.seen();
        var id = JsonMapper.shared().readTree(seen.getLast().body()).path("id");
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + slot + "}";
    }
}
