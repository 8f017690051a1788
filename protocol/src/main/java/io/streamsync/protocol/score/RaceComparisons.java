package io.streamsync.protocol.score;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.score.ComparedAnswer.Beside;
import io.streamsync.protocol.score.ComparedAnswer.Comparison;
import io.streamsync.protocol.verification.RaceStatus;
import java.util.List;
import java.util.Optional;

/// Which answers of a race count for outlier flags, and what each is beside the others (protocol, Verification).
///
/// The winner's answer and the checkers' are compared, and a shadow's for itself alone; racing losers are the
/// customer's and the price's choice and say nothing of anybody. A record holds what each place said beside the winner.
/// So two checkers are compared only where the record tells: when one of them agrees with the winner, or when both
/// contradict it with one value.
public final class RaceComparisons {

    private final Verified race;
    private final SolanaMethod method;

    private RaceComparisons(Verified race, SolanaMethod method) {
        this.race = race;
        this.method = method;
    }

    public static List<ComparedAnswer> of(Verified race) {
        return SolanaMethods.find(race.method())
                .filter(method -> method.isChecked() && !race.unvoted())
                .map(method -> new RaceComparisons(race, method).answers())
                .orElse(List.of());
    }

    private List<ComparedAnswer> answers() {
        return race.results().stream()
                .filter(result -> votes(result) || (result.place() == Place.SHADOW && answered(result)))
                .flatMap(result -> answer(result).stream())
                .toList();
    }

    private Optional<ComparedAnswer> answer(Result result) {
        var others = race.results().stream()
                .filter(other -> votes(other) && !other.operatorId().equals(result.operatorId()))
                .flatMap(other -> beside(result, other).stream())
                .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(new ComparedAnswer(
                        result.operatorId(), race.queryClass(), result.place() == Place.SHADOW, others));
    }

    private Optional<Beside> beside(Result result, Result other) {
        return comparison(result, other)
                .filter(comparison -> comparison != Comparison.DIFFERENT || isDifference(result, other))
                .map(comparison -> new Beside(other.operatorId(), comparison, slotsApart(result, other)));
    }

    private Optional<Comparison> comparison(Result result, Result other) {
        if (isOfWinner(other)) {
            return Optional.of(besideWinner(result));
        }
        if (isOfWinner(result) || result.verdict() == Verdict.AGREES) {
            return Optional.of(besideWinner(other));
        }
        if (other.verdict() == Verdict.AGREES) {
            return Optional.of(besideWinner(result));
        }
        return contradictTogether(result, other) ? Optional.of(Comparison.SAME) : Optional.empty();
    }

    /// Whoever holds the winner's value is to others what the winner is to them.
    private static Comparison besideWinner(Result result) {
        return switch (result.verdict()) {
            case WINS, AGREES -> Comparison.SAME;
            case DISAGREES -> Comparison.CONFLICT;
            case UNJUDGED, LATE, FAILED -> Comparison.DIFFERENT;
        };
    }

    private boolean contradictTogether(Result result, Result other) {
        return race.status() == RaceStatus.CONTRADICTED
                && result.verdict() == Verdict.DISAGREES
                && other.verdict() == Verdict.DISAGREES;
    }

    /// Values that differ by design from slot to slot, or of which nobody knows the slot, are no differences.
    private boolean isDifference(Result result, Result other) {
        return switch (method.rule()) {
            case SLOT_KEYED, EXACT, EXACT_FINALIZED -> slotsApart(result, other) > 0;
            case RANGE, PREFIX, SELF_VERIFIABLE, NODE_LOCAL, WRITE -> false;
        };
    }

    private static int slotsApart(Result result, Result other) {
        return result.slot() < 0 || other.slot() < 0
                ? 0
                : (int) Math.min(Math.abs(result.slot() - other.slot()), Integer.MAX_VALUE);
    }

    private static boolean votes(Result result) {
        return answered(result) && (isOfWinner(result) || result.place() == Place.CHECKING);
    }

    private static boolean isOfWinner(Result result) {
        return result.verdict() == Verdict.WINS;
    }

    private static boolean answered(Result result) {
        return result.outcome() == PlaceOutcome.ANSWER;
    }
}
