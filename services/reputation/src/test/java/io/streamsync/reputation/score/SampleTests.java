package io.streamsync.reputation.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.score.DecayedMean;
import io.streamsync.reputation.score.Observation.Confirmation;
import io.streamsync.reputation.score.Observation.ConfirmedProbe;
import io.streamsync.reputation.score.Observation.Conflict;
import io.streamsync.reputation.score.Observation.Contradiction;
import io.streamsync.reputation.score.Observation.Performance;
import io.streamsync.reputation.score.Observation.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SampleTests {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final NodeId NODE = new NodeId("a-1");
    private static final OperatorId OPERATOR = new OperatorId("a");
    private static final Offset<Integer> ROUNDING = Offset.offset(1);

    @Test
    void startsFromThePriors() {
        assertThat(List.of(Measure.values()))
                .extracting(measure -> measure.millionths(null, NOW))
                .containsExactly(500_000, 800_000, 500_000);
    }

    @Test
    void movesAccuracyByOneUpAndTwoDown() {
        var confirmed = new Confirmation(NODE, OPERATOR);

        assertThat(scoreAfter(Measure.ACCURACY, NOW, confirmed, confirmed)).isCloseTo(833_333, ROUNDING); // 10 of 12
        assertThat(scoreAfter(Measure.ACCURACY, NOW, confirmed, confirmed, new Contradiction(OPERATOR)))
                .isCloseTo(714_286, ROUNDING); // 10 of 14
    }

    @Test
    void movesPerformanceAndUptimeTowardsWhatWasSeen() {
        var perfect = new Performance(NODE, QueryClass.LOOKUP, 1);

        assertThat(scoreAfter(Measure.PERFORMANCE, NOW, perfect, perfect)).isCloseTo(583_333, ROUNDING); // 7 of 12
        assertThat(scoreAfter(Measure.UPTIME, NOW, new Presence(NODE, false), new Presence(NODE, true)))
                .isCloseTo(500_000, ROUNDING); // 6 of 12
    }

    @Test
    void fadesByItsOwnHalfLife() {
        var confirmed = new Confirmation(NODE, OPERATOR);
        var perfect = new Performance(NODE, QueryClass.LOOKUP, 1);
        var present = new Presence(NODE, true);

        // Two observations fade to one: 9 of 11 for accuracy, 6 of 11 for the others.
        assertThat(scoreAfter(Measure.ACCURACY, NOW.plus(Duration.ofDays(7)), confirmed, confirmed))
                .isCloseTo(818_182, ROUNDING);
        assertThat(scoreAfter(Measure.PERFORMANCE, NOW.plus(Duration.ofHours(1)), perfect, perfect))
                .isCloseTo(545_455, ROUNDING);
        assertThat(scoreAfter(Measure.UPTIME, NOW.plus(Duration.ofDays(1)), present, present))
                .isCloseTo(545_455, ROUNDING);
    }

    @Test
    void leavesConflictsToTheTally() {
        var conflict = new Conflict(OPERATOR, QueryClass.SCAN);

        assertThat(Sample.of(conflict, NOW)).isEmpty();
        assertThat(TallyKey.of(conflict)).contains(new TallyKey("a", Tally.CONFLICTS, "scan"));
    }

    @Test
    void countsAProbeForTheEndOfProbationAlone() {
        var probe = new ConfirmedProbe(NODE);

        assertThat(Sample.of(probe, NOW)).isEmpty();
        assertThat(TallyKey.of(probe)).contains(new TallyKey("a-1", Tally.CONFIRMED_ANSWERS, ""));
    }

    @Test
    void staysWithinBoundsInAnyOrderOfTime() {
        var random = new Random(7);
        var mean = DecayedMean.empty(Instant.EPOCH);

        for (int n = 0; n < 5_000; n++) {
            var at = NOW.plusMillis(random.nextInt(-100_000_000, 100_000_000));
            mean = new Sample(
                            new MeanKey("a", Measure.PERFORMANCE, "lookup"),
                            random.nextDouble(),
                            1 + random.nextInt(2),
                            at)
                    .addedTo(mean);

            assertThat(mean.weight()).isBetween(0.0, (double) DecayedMean.CAP);
            assertThat(Measure.PERFORMANCE.millionths(mean, NOW)).isBetween(0, 1_000_000);
        }
    }

    private static int scoreAfter(Measure measure, Instant later, Observation... observations) {
        var mean = DecayedMean.empty(Instant.EPOCH);
        for (var observation : observations) {
            mean = Sample.of(observation, NOW).orElseThrow().addedTo(mean);
        }
        return measure.millionths(mean, later);
    }
}
