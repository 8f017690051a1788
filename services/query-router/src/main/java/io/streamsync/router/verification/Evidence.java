package io.streamsync.router.verification;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.comparison.Agreement;
import io.streamsync.protocol.comparison.Comparability;
import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.verification.RaceStatus;
import io.streamsync.protocol.verification.Verification;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The status of a race and what became of each of its places.
///
/// @param results one per statement, in their order
public record Evidence(RaceStatus status, List<Result> results) {

    /// How much the later answers are worth.
    public enum Weight {
        /// Checkers vote.
        VOTES,
        /// They are compared and shown, but nobody's score or fee follows: the race was not checked, or is unvoted.
        SHOWN,
        /// Too large to compare every time.
        NOT_COMPARED
    }

    public Evidence {
        results = List.copyOf(results);
    }

    /// @param winner index of the winning statement, or -1
    public static Evidence of(SolanaMethod method, List<Statement> statements, int winner, Weight weight) {
        var winning = winner < 0 ? null : statements.get(winner).answer();
        if (winning == null) {
            return new Evidence(RaceStatus.NO_ANSWER, results(statements, winner, method, null, List.of()));
        }
        if (statements.get(winner).large()) {
            return ofHashes(statements, winner, weight);
        }
        var votes = Verification.of(method, winning, weight == Weight.VOTES ? votes(statements, winner) : List.of());
        var compared = weight == Weight.NOT_COMPARED ? null : winning;
        return new Evidence(votes.status(), results(statements, winner, method, compared, votes.votes()));
    }

    /// Nobody has the winner's bytes any more: whose hash is the same agrees, unless nothing is compared. Then nobody
    /// is judged, so that verdicts and status say the same.
    private static Evidence ofHashes(List<Statement> statements, int winner, Weight weight) {
        var hash = weight == Weight.NOT_COMPARED ? null : statements.get(winner).hash();
        var results = new ArrayList<Result>(statements.size());
        var votes = new ArrayList<@Nullable String>();
        for (var i = 0; i < statements.size(); i++) {
            var statement = statements.get(i);
            results.add(result(statement, i == winner ? Verdict.WINS : ofHash(statement, hash), statements));
            if (i != winner && statement.place() == Place.CHECKING && weight == Weight.VOTES) {
                votes.add(statement.hash());
            }
        }
        var status = hash == null
                ? RaceStatus.UNVERIFIED
                : Verification.ofHashes(hash, votes).status();
        return new Evidence(status, results);
    }

    private static Verdict ofHash(Statement statement, @Nullable String winner) {
        if (!statement.answered()) {
            return statement.outcome() == null ? Verdict.LATE : Verdict.FAILED;
        }
        return winner != null && winner.equals(statement.hash()) ? Verdict.AGREES : Verdict.UNJUDGED;
    }

    private static List<NodeAnswer> votes(List<Statement> statements, int winner) {
        var votes = new ArrayList<NodeAnswer>();
        for (var i = 0; i < statements.size(); i++) {
            var answer = statements.get(i).answer();
            if (i != winner && votes(statements.get(i)) && answer != null) {
                votes.add(answer);
            }
        }
        return votes;
    }

    private static boolean votes(Statement statement) {
        return statement.place() == Place.CHECKING && statement.answered() && !statement.large();
    }

    private static List<Result> results(
            List<Statement> statements,
            int winner,
            SolanaMethod method,
            @Nullable NodeAnswer compared,
            List<Agreement> votes) {
        var results = new ArrayList<Result>(statements.size());
        var nextVote = 0;
        for (var i = 0; i < statements.size(); i++) {
            var statement = statements.get(i);
            if (i == winner) {
                results.add(result(statement, Verdict.WINS, statements));
            } else if (nextVote < votes.size() && votes(statement)) {
                results.add(result(statement, verdict(votes.get(nextVote++)), statements));
            } else {
                results.add(result(statement, verdict(statement, method, compared), statements));
            }
        }
        return results;
    }

    private static Verdict verdict(Statement statement, SolanaMethod method, @Nullable NodeAnswer compared) {
        if (statement.outcome() == null) {
            return Verdict.LATE;
        }
        if (statement.outcome() == PlaceOutcome.FAILURE) {
            return Verdict.FAILED;
        }
        return compared == null || statement.answer() == null || statement.large()
                ? Verdict.UNJUDGED
                : verdict(Comparability.judge(method, compared, statement.answer()));
    }

    private static Verdict verdict(Agreement agreement) {
        return switch (agreement) {
            case AGREES -> Verdict.AGREES;
            case DISAGREES -> Verdict.DISAGREES;
            case UNJUDGED -> Verdict.UNJUDGED;
        };
    }

    private static Result result(Statement statement, Verdict verdict, List<Statement> all) {
        var answer = statement.answer();
        return new Result(
                statement.nodeId(),
                statement.operatorId(),
                statement.place(),
                statement.latencyMicros(),
                statement.outcome(),
                verdict,
                answer == null ? -1 : answer.slot().orElse(-1),
                statement.faulty() && answeredByAnother(statement, all),
                verdict == Verdict.WINS && statement.answered() ? null : statement.reason());
    }

    /// A query for a skipped slot must not sink honest nodes: a failure counts only where another operator answered.
    private static boolean answeredByAnother(Statement failed, List<Statement> all) {
        return all.stream()
                .anyMatch(other -> other.answered() && !other.operatorId().equals(failed.operatorId()));
    }
}
