package io.streamsync.reputation.observation;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.reputation.score.Observation;
import io.streamsync.reputation.score.Observation.Confirmation;
import io.streamsync.reputation.score.Observation.Conflict;
import io.streamsync.reputation.score.Observation.Contradiction;
import io.streamsync.reputation.score.Observation.Performance;
import io.streamsync.reputation.score.Observation.Presence;
import java.util.List;
import java.util.stream.Stream;

/// The rule: which observations one verified race gives (protocol, Reputation and Verification).
///
/// An unvoted race gives none. Speed is compared in confirmed races alone: what nobody confirmed may be quick and
/// wrong.
final class RaceObservations {

    private RaceObservations() {}

    static List<Observation> of(Verified race) {
        if (race.unvoted()) {
            return List.of();
        }
        return Stream.concat(presences(race), judgements(race)).toList();
    }

    private static Stream<Observation> judgements(Verified race) {
        return switch (race.status()) {
            case CONFIRMED -> Stream.concat(performances(race), confirmations(race));
            case CONTRADICTED -> contradictions(race);
            case INCONCLUSIVE -> conflicts(race);
            // Nothing is known of the answer, or a jury says it in a verdict of its own.
            case PENDING, UNVERIFIED, DISPUTED, CONVICTED, UPHELD, NO_ANSWER -> Stream.empty();
        };
    }

    /// A race counts for a node's uptime when another operator answered it.
    private static Stream<Observation> presences(Verified race) {
        return race.results().stream()
                .filter(result -> answered(result) ? anotherAnswered(race, result) : isCountedFailure(race, result))
                .map(result -> new Presence(result.nodeId(), answered(result)));
    }

    private static Stream<Observation> performances(Verified race) {
        var confirmed =
                race.results().stream().filter(RaceObservations::isRight).toList();
        if (confirmed.size() < 2) {
            return Stream.empty();
        }
        var beside = RacePerformance.beside(confirmed);
        return race.results().stream()
                .filter(result -> isCountedFailure(race, result) || isRight(result))
                .map(result ->
                        new Performance(result.nodeId(), race.queryClass(), answered(result) ? beside.of(result) : 0));
    }

    private static Stream<Observation> confirmations(Verified race) {
        return race.results().stream()
                .filter(RaceObservations::isConfirmation)
                .map(result -> new Confirmation(result.nodeId(), result.operatorId()));
    }

    private static Stream<Observation> contradictions(Verified race) {
        return race.results().stream()
                .filter(result -> result.verdict() == Verdict.WINS)
                .map(result -> new Contradiction(result.operatorId()));
    }

    /// Both sides: the winner, and every checker that voted.
    private static Stream<Observation> conflicts(Verified race) {
        if (race.results().stream().noneMatch(RaceObservations::votedAgainst)) {
            return Stream.empty();
        }
        return race.results().stream()
                .filter(RaceObservations::isSide)
                .map(Result::operatorId)
                .distinct()
                .map(operator -> new Conflict(operator, race.queryClass()));
    }

    /// A racing loser that agrees is right but not confirmed: where it is wrong, it risks nothing.
    private static boolean isConfirmation(Result result) {
        return switch (result.verdict()) {
            case WINS -> true;
            case AGREES -> result.place() == Place.CHECKING || result.place() == Place.EXPLORING;
            case DISAGREES, UNJUDGED, LATE, FAILED -> false;
        };
    }

    private static boolean isSide(Result result) {
        return switch (result.verdict()) {
            case WINS -> true;
            case AGREES, DISAGREES -> result.place() == Place.CHECKING;
            case UNJUDGED, LATE, FAILED -> false;
        };
    }

    private static boolean votedAgainst(Result result) {
        return result.place() == Place.CHECKING && result.verdict() == Verdict.DISAGREES;
    }

    /// Only such an answer has a speed worth a score: one that differs, or that nobody could judge, may be made up.
    private static boolean isRight(Result result) {
        return answered(result)
                && result.latencyMicros() >= 0
                && (result.verdict() == Verdict.WINS || result.verdict() == Verdict.AGREES);
    }

    private static boolean answered(Result result) {
        return result.outcome() == PlaceOutcome.ANSWER;
    }

    private static boolean isCountedFailure(Verified race, Result result) {
        return result.outcome() == null ? isCountedSilence(race, result) : !answered(result) && result.counts();
    }

    /// Who is silent to the end of the verification window has timed out, or a node that accepts and never answers
    /// would be blamed by nobody. Heavy methods may take longer than the window.
    private static boolean isCountedSilence(Verified race, Result result) {
        var heavy =
                SolanaMethods.find(race.method()).filter(SolanaMethod::heavy).isPresent();
        return !heavy && anotherAnswered(race, result);
    }

    private static boolean anotherAnswered(Verified race, Result result) {
        OperatorId own = result.operatorId();
        return race.results().stream()
                .anyMatch(other -> answered(other) && !other.operatorId().equals(own));
    }
}
