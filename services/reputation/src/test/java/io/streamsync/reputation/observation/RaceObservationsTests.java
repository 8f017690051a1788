package io.streamsync.reputation.observation;

import static io.streamsync.protocol.record.StreamRecord.Verdict.AGREES;
import static io.streamsync.protocol.record.StreamRecord.Verdict.DISAGREES;
import static io.streamsync.protocol.record.StreamRecord.Verdict.LATE;
import static io.streamsync.protocol.record.StreamRecord.Verdict.UNJUDGED;
import static io.streamsync.protocol.record.StreamRecord.Verdict.WINS;
import static io.streamsync.protocol.verification.RaceStatus.CONFIRMED;
import static io.streamsync.protocol.verification.RaceStatus.CONTRADICTED;
import static io.streamsync.protocol.verification.RaceStatus.INCONCLUSIVE;
import static io.streamsync.protocol.verification.RaceStatus.NO_ANSWER;
import static io.streamsync.protocol.verification.RaceStatus.UNVERIFIED;
import static io.streamsync.reputation.observation.Races.SLOT;
import static io.streamsync.reputation.observation.Races.about;
import static io.streamsync.reputation.observation.Races.answer;
import static io.streamsync.reputation.observation.Races.checking;
import static io.streamsync.reputation.observation.Races.failure;
import static io.streamsync.reputation.observation.Races.node;
import static io.streamsync.reputation.observation.Races.race;
import static io.streamsync.reputation.observation.Races.racing;
import static io.streamsync.reputation.observation.Races.silence;
import static io.streamsync.reputation.observation.Races.unvoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.verification.RaceStatus;
import io.streamsync.reputation.score.Observation;
import io.streamsync.reputation.score.Observation.Confirmation;
import io.streamsync.reputation.score.Observation.ConfirmedProbe;
import io.streamsync.reputation.score.Observation.Conflict;
import io.streamsync.reputation.score.Observation.Contradiction;
import io.streamsync.reputation.score.Observation.Performance;
import io.streamsync.reputation.score.Observation.Presence;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RaceObservationsTests {

    static Stream<Arguments> whatARaceSaysOfAccuracy() {
        return Stream.of(
                Arguments.of(
                        "the winner and the checkers that agreed are confirmed, a racing loser is not",
                        race(
                                CONFIRMED,
                                racing("a", WINS, 20),
                                racing("b", AGREES, 30),
                                checking("c", AGREES, 25),
                                checking("d", UNJUDGED, 25)),
                        List.of(confirmed("a"), confirmed("c"))),
                Arguments.of(
                        "an explorer that agreed is confirmed",
                        race(
                                CONFIRMED,
                                racing("a", WINS, 20),
                                answer("e", Place.EXPLORING, AGREES, 90, SLOT),
                                checking("c", AGREES, 25)),
                        List.of(confirmed("a"), confirmed("e"), confirmed("c"))),
                Arguments.of(
                        "a checker that won for want of racers, and the other that agreed",
                        race(CONFIRMED, failure("a", true), checking("c", WINS, 20), checking("d", AGREES, 25)),
                        List.of(confirmed("c"), confirmed("d"))),
                Arguments.of(
                        "the winner alone is contradicted",
                        race(
                                CONTRADICTED,
                                racing("a", WINS, 20),
                                racing("b", AGREES, 21),
                                checking("c", DISAGREES, 25),
                                checking("d", DISAGREES, 25)),
                        List.of(new Contradiction(new OperatorId("a")))),
                Arguments.of(
                        "one agrees, one disagrees: a conflict of all three",
                        race(
                                INCONCLUSIVE,
                                racing("a", WINS, 20),
                                checking("c", AGREES, 25),
                                checking("d", DISAGREES, 25)),
                        List.of(conflict("a"), conflict("c"), conflict("d"))),
                Arguments.of(
                        "racing losers and the unjudged are no side of a conflict",
                        race(
                                INCONCLUSIVE,
                                racing("a", WINS, 20),
                                racing("b", DISAGREES, 20),
                                checking("c", UNJUDGED, 25),
                                checking("d", DISAGREES, 25)),
                        List.of(conflict("a"), conflict("d"))),
                Arguments.of(
                        "without a vote against it there is no conflict",
                        race(
                                INCONCLUSIVE,
                                racing("a", WINS, 20),
                                racing("b", DISAGREES, 20),
                                checking("c", AGREES, 25)),
                        List.of()),
                Arguments.of(
                        "an unverified race says nothing, whatever racing losers say",
                        race(UNVERIFIED, racing("a", WINS, 20), racing("b", AGREES, 21), racing("c", DISAGREES, 22)),
                        List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatARaceSaysOfAccuracy")
    void judgesAsTheStatusSays(String rule, Verified race, List<Observation> expected) {
        assertThat(RaceObservations.of(race))
                .filteredOn(observation -> !(observation instanceof Presence) && !(observation instanceof Performance))
                .containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @EnumSource(RaceStatus.class)
    void countsAnUnvotedRaceForNobody(RaceStatus status) {
        var race = unvoted(
                status,
                racing("a", WINS, 20),
                failure("b", true),
                checking("c", AGREES, 25),
                checking("d", DISAGREES, 25));

        assertThat(RaceObservations.of(race)).isEmpty();
    }

    @Test
    void comparesSpeedWithTheFastestConfirmedAnswer() {
        var race = race(CONFIRMED, racing("a", WINS, 20), racing("b", AGREES, 45), checking("c", AGREES, 15));

        assertThat(performances(race))
                .containsExactlyInAnyOrder(
                        performance("a", 20.0 / 25), performance("b", 20.0 / 50), performance("c", 1));
    }

    @Test
    void givesACountedFailureNoPerformance() {
        var race = race(CONFIRMED, racing("a", WINS, 20), failure("b", true), silence("s"), checking("c", AGREES, 20));

        assertThat(performances(race)).contains(performance("b", 0), performance("s", 0));
    }

    @Test
    void saysNothingOfAFailureThatDoesNotCount() {
        var race = race(CONFIRMED, racing("a", WINS, 20), failure("b", false), checking("c", AGREES, 20));

        assertThat(RaceObservations.of(race))
                .noneMatch(observation ->
                        observation instanceof Performance(var node, var _, var _) && node.equals(node("b")))
                .doesNotContain(new Presence(node("b"), false));
    }

    @Test
    void givesNoSpeedToAnAnswerThatDiffers() {
        var race = race(
                CONFIRMED,
                racing("a", WINS, 20),
                racing("b", DISAGREES, 1),
                racing("u", UNJUDGED, 1),
                checking("c", AGREES, 20));

        assertThat(performances(race)).containsExactlyInAnyOrder(performance("a", 1), performance("c", 1));
    }

    @Test
    void comparesNoSpeedWhereNobodyConfirmed() {
        var race = race(UNVERIFIED, racing("a", WINS, 20), racing("b", AGREES, 45), failure("f", true));

        assertThat(performances(race)).isEmpty();
    }

    @Test
    void countsARaceForUptimeWhenAnotherOperatorAnswered() {
        var race = race(
                UNVERIFIED, racing("a", WINS, 20), racing("b", UNJUDGED, 45), failure("f", true), failure("g", false));

        assertThat(RaceObservations.of(race))
                .containsExactly(
                        new Presence(node("a"), true), new Presence(node("b"), true), new Presence(node("f"), false));
    }

    @Test
    void takesSilenceToTheEndOfTheWindowForATimeout() {
        var race = race(UNVERIFIED, racing("a", WINS, 20), racing("b", UNJUDGED, 45), silence("s"));

        assertThat(RaceObservations.of(race)).contains(new Presence(node("s"), false));
        assertThat(RaceObservations.of(about("getProgramAccounts", race)))
                .as("a heavy method may take longer")
                .doesNotContain(new Presence(node("s"), false));
        assertThat(RaceObservations.of(race(NO_ANSWER, failure("a", false), silence("s"))))
                .as("nobody answered")
                .isEmpty();
    }

    @Test
    void doesNotCountALonelyAnswerForUptime() {
        var race = race(UNVERIFIED, racing("a", WINS, 20), failure("f", false));

        assertThat(RaceObservations.of(race)).isEmpty();
    }

    @Test
    void takesOneOperatorsNodesForNoOtherOperator() {
        var sibling = new Result(
                new NodeId("a-2"),
                new OperatorId("a"),
                Place.CHECKING,
                20_000,
                PlaceOutcome.ANSWER,
                UNJUDGED,
                SLOT,
                true);

        assertThat(RaceObservations.of(race(UNVERIFIED, racing("a", WINS, 20), sibling)))
                .isEmpty();
    }

    @Test
    void blamesNobodyWhenAllFailed() {
        assertThat(RaceObservations.of(race(NO_ANSWER, failure("a", false), failure("b", false))))
                .isEmpty();
    }

    @Test
    void holdsForAnyRace() {
        var random = new Random(20261122);

        for (int n = 0; n < 20_000; n++) {
            var race = anyRace(random);
            var observations = RaceObservations.of(race);

            assertThat(observations).as("%s", race).doesNotHaveDuplicates().allSatisfy(one -> allowed(race, one));
        }
    }

    private static void allowed(Verified race, Observation observation) {
        assertThat(race.unvoted()).isFalse();
        switch (observation) {
            case Performance(var _, var queryClass, var value) -> {
                assertThat(race.status()).isEqualTo(CONFIRMED);
                assertThat(queryClass).isEqualTo(race.queryClass());
                assertThat(value).isBetween(0.0, 1.0);
            }
            case Presence(var node, var answered) ->
                assertThat(result(race, node).outcome() == PlaceOutcome.ANSWER).isEqualTo(answered);
            case Confirmation(var node, var operator) -> {
                assertThat(race.status()).isEqualTo(CONFIRMED);
                assertThat(result(race, node).operatorId()).isEqualTo(operator);
            }
            case Contradiction _ -> assertThat(race.status()).isEqualTo(CONTRADICTED);
            case Conflict _ -> assertThat(race.status()).isEqualTo(INCONCLUSIVE);
            case ConfirmedProbe _ -> throw new AssertionError("a race is no probe");
        }
    }

    private static Verified anyRace(Random random) {
        var results = IntStream.range(0, random.nextInt(8))
                .mapToObj(place -> anyResult(random, "op" + place, place == 0))
                .toArray(Result[]::new);
        var status = any(random, RaceStatus.values());
        return random.nextInt(5) == 0 ? unvoted(status, results) : race(status, results);
    }

    private static Result anyResult(Random random, String operator, boolean wins) {
        var verdicts = List.of(AGREES, DISAGREES, UNJUDGED, LATE, Verdict.FAILED);
        return new Result(
                node(operator),
                new OperatorId(operator),
                any(random, Place.values()),
                anyNumber(random),
                anyOutcome(random),
                wins ? WINS : verdicts.get(random.nextInt(verdicts.size())),
                anyNumber(random),
                random.nextBoolean());
    }

    private static @Nullable PlaceOutcome anyOutcome(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> PlaceOutcome.FAILURE;
            default -> PlaceOutcome.ANSWER;
        };
    }

    private static long anyNumber(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> -1;
            case 1 -> 0;
            case 2 -> Long.MAX_VALUE;
            default -> random.nextInt(2_000_000);
        };
    }

    private static <T> T any(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static Result result(Verified race, NodeId node) {
        return race.results().stream()
                .filter(result -> result.nodeId().equals(node))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Performance> performances(Verified race) {
        return RaceObservations.of(race).stream()
                .filter(Performance.class::isInstance)
                .map(Performance.class::cast);
    }

    private static Performance performance(String operator, double value) {
        return new Performance(node(operator), QueryClass.LOOKUP, value);
    }

    private static Confirmation confirmed(String operator) {
        return new Confirmation(node(operator), new OperatorId(operator));
    }

    private static Conflict conflict(String operator) {
        return new Conflict(new OperatorId(operator), QueryClass.LOOKUP);
    }
}
