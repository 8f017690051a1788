package io.streamsync.reputation.publication;

import static io.streamsync.protocol.record.StreamRecord.Verdict.AGREES;
import static io.streamsync.protocol.record.StreamRecord.Verdict.WINS;
import static io.streamsync.protocol.verification.RaceStatus.CONFIRMED;
import static io.streamsync.reputation.observation.Races.checking;
import static io.streamsync.reputation.observation.Races.race;
import static io.streamsync.reputation.observation.Races.racing;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.reputation.Market;
import io.streamsync.reputation.MovableClock;
import io.streamsync.reputation.ReputationTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ReputationTest
class ScorePublicationTests {

    @Autowired
    Market market;

    @Autowired
    MovableClock clock;

    @Test
    void tellsTheScoresOfANewcomer() {
        market.list("newcomer");

        assertThat(market.published("newcomer")).singleElement().satisfies(score -> {
            assertThat(score.nodeId()).isEqualTo("newcomer-1");
            assertThat(score.performance()).isEmpty();
            assertThat(score.accuracy()).isEqualTo(800_000);
            assertThat(score.uptime()).isEqualTo(500_000);
            assertThat(score.verifiedRaces()).isZero();
            assertThat(score.flagged()).isFalse();
        });
    }

    @Test
    void tellsANodesScoresAtMostOnceASecond() {
        market.list("busy");

        for (int position = 0; position < 3; position++) {
            market.race(201, position, confirmed("busy"));
            var confirmations = position + 1;
            market.awaitScore("busy", score -> score.verifiedRaces() == confirmations);
        }

        var told = market.published("busy");
        assertThat(told).as("and what faded, once a minute").hasSizeGreaterThanOrEqualTo(4);
        for (int n = 1; n < told.size(); n++) {
            assertThat(Duration.between(
                            told.get(n - 1).occurredAt(), told.get(n).occurredAt()))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void tellsAnOperatorsAccuracyOfAllItsNodes() {
        market.list("large");
        market.tell(Market.listed("large-2", "large", clock.instant(), "PROBATION", Market.MINIMUM_STAKE));
        market.awaitScore("large", score -> score.nodeId().equals("large-2"));

        market.race(202, 0, confirmed("large"));

        var second =
                market.awaitScore("large", score -> score.nodeId().equals("large-2") && score.accuracy() > 800_000);
        assertThat(second.verifiedRaces()).isZero();
        assertThat(second.performance()).isEmpty();
    }

    @Test
    void tellsWhatFadedEveryMinuteAndNothingElse() {
        market.list("fader", "idle");
        market.race(203, 0, confirmed("fader"));
        var fresh = market.awaitScore("fader", score -> score.verifiedRaces() == 1);

        clock.forward(Duration.ofMinutes(30));

        var faded = market.awaitScore(
                "fader", score -> score.occurredAt().isAfter(fresh.occurredAt().plus(Duration.ofMinutes(29))));
        assertThat(faded.performance().get("lookup"))
                .isGreaterThan(500_000)
                .isLessThan(fresh.performance().get("lookup"));
        assertThat(faded.accuracy()).isLessThan(fresh.accuracy());
        assertThat(faded.verifiedRaces()).isEqualTo(1);
        assertThat(market.published("idle")).hasSize(1);
    }

    private Verified confirmed(String winner) {
        return race(clock.instant(), CONFIRMED, racing(winner, WINS, 20), checking("witness", AGREES, 25));
    }
}
