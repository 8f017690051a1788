package io.streamsync.reputation.outlier;

import static io.streamsync.protocol.record.StreamRecord.Verdict.AGREES;
import static io.streamsync.protocol.record.StreamRecord.Verdict.DISAGREES;
import static io.streamsync.protocol.record.StreamRecord.Verdict.WINS;
import static io.streamsync.protocol.verification.RaceStatus.CONFIRMED;
import static io.streamsync.protocol.verification.RaceStatus.INCONCLUSIVE;
import static io.streamsync.reputation.observation.Races.SLOT;
import static io.streamsync.reputation.observation.Races.answer;
import static io.streamsync.reputation.observation.Races.checking;
import static io.streamsync.reputation.observation.Races.race;
import static io.streamsync.reputation.observation.Races.racing;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.reputation.Market;
import io.streamsync.reputation.MovableClock;
import io.streamsync.reputation.ReputationTest;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ReputationTest
class OutlierReviewTests {

    private static final List<String> HONEST = List.of("flag-a", "flag-b", "flag-c");

    @Autowired
    Market market;

    @Autowired
    MovableClock clock;

    @Test
    void flagsALiarUntilItsShadowIsClean() {
        market.list("flag-a", "flag-b", "flag-c", "flag-liar");

        market.race(401, 0, races(4, n -> conflict(n)));
        market.race(401, 4, races(20, n -> shadow(n, Place.CHECKING, AGREES)));
        market.awaitScore("flag-liar", score -> score.verifiedRaces() == 20);
        market.race(401, 24, races(2, n -> conflict(n)));

        market.awaitScore("flag-liar", score -> score.flagged());
        for (var honest : HONEST) {
            assertThat(market.published(honest)).noneMatch(score -> score.flagged());
        }

        market.race(401, 26, races(150, n -> shadow(n, Place.SHADOW, AGREES)));
        market.race(401, 176, shadow(0, Place.SHADOW, DISAGREES));
        market.race(401, 177, races(200, n -> shadow(n, Place.SHADOW, AGREES)));

        var clean = market.awaitScore(
                "flag-liar", score -> market.published("flag-liar").indexOf(score) > lastFlagged() && !score.flagged());
        assertThat(clean.verifiedRaces()).as("a shadow earns nothing").isEqualTo(20);
    }

    private int lastFlagged() {
        var told = market.published("flag-liar");
        return IntStream.range(0, told.size())
                .filter(n -> told.get(n).flagged())
                .max()
                .orElse(told.size());
    }

    private StreamRecord[] races(int count, IntFunction<Verified> race) {
        return IntStream.range(0, count).mapToObj(race).toArray(StreamRecord[]::new);
    }

    private Verified conflict(int n) {
        return race(
                clock.instant(),
                INCONCLUSIVE,
                racing(honest(n), WINS, 20),
                checking(honest(n + 1), AGREES, 25),
                checking("flag-liar", DISAGREES, 20));
    }

    private Verified shadow(int n, Place place, Verdict verdict) {
        return race(
                clock.instant(),
                CONFIRMED,
                racing(honest(n), WINS, 20),
                checking(honest(n + 1), AGREES, 25),
                answer("flag-liar", place, verdict, 20, SLOT));
    }

    private static String honest(int n) {
        return HONEST.get(n % HONEST.size());
    }
}
