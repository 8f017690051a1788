package io.streamsync.protocol.score;

import static io.streamsync.protocol.record.StreamRecord.Verdict.AGREES;
import static io.streamsync.protocol.record.StreamRecord.Verdict.DISAGREES;
import static io.streamsync.protocol.record.StreamRecord.Verdict.LATE;
import static io.streamsync.protocol.record.StreamRecord.Verdict.UNJUDGED;
import static io.streamsync.protocol.record.StreamRecord.Verdict.WINS;
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
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RaceComparisonsTests {

    static Stream<Arguments> races() {
        return Stream.of(
                Arguments.of(
                        "both checkers agree; a racing loser says nothing",
                        race(
                                RaceStatus.CONFIRMED,
                                w(10),
                                racing("r", DISAGREES, 10),
                                c("c", AGREES, 9),
                                c("d", AGREES, 12)),
                        "w: c SAME 1, d SAME 2; c: w SAME 1, d SAME 3; d: w SAME 2, c SAME 3"),
                Arguments.of(
                        "one agrees, the other differs at another slot: it is the odd one out",
                        race(RaceStatus.CONFIRMED, w(10), c("c", AGREES, 10), c("d", UNJUDGED, 8)),
                        "w: c SAME 0, d DIFFERENT 2; c: w SAME 0, d DIFFERENT 2; d: w DIFFERENT 2, c DIFFERENT 2"),
                Arguments.of(
                        "nobody agrees: nobody knows what the checkers are to one another",
                        race(RaceStatus.UNVERIFIED, w(10), c("c", UNJUDGED, 9), c("d", UNJUDGED, 8)),
                        "w: c DIFFERENT 1, d DIFFERENT 2; c: w DIFFERENT 1; d: w DIFFERENT 2"),
                Arguments.of(
                        "one agrees, one disagrees: a conflict of each side",
                        race(RaceStatus.INCONCLUSIVE, w(10), c("c", AGREES, 10), c("d", DISAGREES, 10)),
                        "w: c SAME 0, d CONFLICT 0; c: w SAME 0, d CONFLICT 0; d: w CONFLICT 0, c CONFLICT 0"),
                Arguments.of(
                        "a contradicted winner stands alone",
                        race(RaceStatus.CONTRADICTED, w(10), c("c", DISAGREES, 9), c("d", DISAGREES, 11)),
                        "w: c CONFLICT 1, d CONFLICT 1; c: w CONFLICT 1, d SAME 2; d: w CONFLICT 1, c SAME 2"),
                Arguments.of(
                        "a shadow is compared for itself alone",
                        race(RaceStatus.CONFIRMED, w(10), c("c", AGREES, 10), place("s", Place.SHADOW, DISAGREES, 10)),
                        "w: c SAME 0; c: w SAME 0; s(shadow): w CONFLICT 0, c CONFLICT 0"),
                Arguments.of(
                        "silence is no answer, and an equal slot that nobody can judge is no difference",
                        race(RaceStatus.UNVERIFIED, w(10), silent("c"), c("d", UNJUDGED, 10)),
                        ""),
                Arguments.of(
                        "without a slot nobody knows how far apart",
                        race(RaceStatus.UNVERIFIED, w(-1), c("c", UNJUDGED, -1), c("d", UNJUDGED, 10)),
                        ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("races")
    void saysWhoIsWhatBesideWhom(String rule, Verified race, String expected) {
        assertThat(RaceComparisons.of(race).stream()
                        .map(RaceComparisonsTests::text)
                        .collect(Collectors.joining("; ")))
                .isEqualTo(expected);
    }

    static Stream<Verified> racesThatSayNothing() {
        return Stream.of(
                verified("getBalance", true, RaceStatus.INCONCLUSIVE, w(10), c("c", AGREES, 10), c("d", DISAGREES, 10)),
                verified("getVersion", false, RaceStatus.UNVERIFIED, w(10), c("c", UNJUDGED, 9)),
                verified("getLatestBlockhash", false, RaceStatus.UNVERIFIED, w(10), c("c", UNJUDGED, 9)),
                verified("noSuchMethod", false, RaceStatus.CONFIRMED, w(10), c("c", AGREES, 9)));
    }

    @ParameterizedTest
    @MethodSource("racesThatSayNothing")
    void saysNothingOfUnvotedRacesAndOfMethodsThatDifferByDesign(Verified race) {
        assertThat(RaceComparisons.of(race)).isEmpty();
    }

    private static String text(ComparedAnswer answer) {
        return answer.operatorId().value() + (answer.shadow() ? "(shadow)" : "") + ": "
                + answer.others().stream()
                        .map(other -> other.operatorId().value() + " " + other.comparison() + " " + other.slotsApart())
                        .collect(Collectors.joining(", "));
    }

    private static Verified race(RaceStatus status, Result... results) {
        return verified("getBalance", false, status, results);
    }

    private static Verified verified(String method, boolean unvoted, RaceStatus status, Result... results) {
        return new Verified(0, 0, method, QueryClass.LOOKUP, "1", status, 0, unvoted, List.of(results));
    }

    private static Result w(long slot) {
        return racing("w", WINS, slot);
    }

    private static Result racing(String operator, Verdict verdict, long slot) {
        return place(operator, Place.RACING, verdict, slot);
    }

    private static Result c(String operator, Verdict verdict, long slot) {
        return place(operator, Place.CHECKING, verdict, slot);
    }

    private static Result place(String operator, Place place, Verdict verdict, long slot) {
        return new Result(
                new NodeId(operator + "-1"),
                new OperatorId(operator),
                place,
                20_000,
                PlaceOutcome.ANSWER,
                verdict,
                slot,
                true);
    }

    private static Result silent(String operator) {
        return new Result(
                new NodeId(operator + "-1"), new OperatorId(operator), Place.CHECKING, -1, null, LATE, -1, false);
    }
}
