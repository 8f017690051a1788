package io.streamsync.protocol.verification;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.comparison.Agreement;
import io.streamsync.protocol.comparison.Comparability;
import io.streamsync.protocol.market.SolanaMethod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The status of a race from the checkers' votes, and each vote.
///
/// @param votes one per checker's answer, in the order given
public record Verification(RaceStatus status, List<Agreement> votes) {

    public Verification {
        votes = List.copyOf(votes);
    }

    /// @param checkers the answers of the checkers that answered in time; failures and the late are left out
    public static Verification of(SolanaMethod method, NodeAnswer winner, List<NodeAnswer> checkers) {
        var votes = new ArrayList<Agreement>();
        for (var checker : checkers) {
            votes.add(Comparability.judge(method, winner, checker));
        }
        judgeEnclosed(method, winner, checkers, votes);
        return new Verification(status(method, checkers, votes), votes);
    }

    /// Of an answer that was too long to be compared: whose bytes are the same agrees, of others nothing is known.
    ///
    /// @param winner hash of its result's bytes
    /// @param checkers theirs, null where none is known
    public static Verification ofHashes(String winner, List<@Nullable String> checkers) {
        var votes = checkers.stream()
                .map(checker -> winner.equals(checker) ? Agreement.AGREES : Agreement.UNJUDGED)
                .toList();
        return new Verification(votes.contains(Agreement.AGREES) ? RaceStatus.CONFIRMED : RaceStatus.UNVERIFIED, votes);
    }

    // Two checkers that hold one value at slots before and after the winner's say what it was in between.
    private static void judgeEnclosed(
            SolanaMethod method, NodeAnswer winner, List<NodeAnswer> checkers, List<Agreement> votes) {
        for (var i = 0; i < checkers.size(); i++) {
            for (var j = i + 1; j < checkers.size(); j++) {
                if ((votes.get(i) == Agreement.UNJUDGED || votes.get(j) == Agreement.UNJUDGED)
                        && Comparability.encloses(method, winner, checkers.get(i), checkers.get(j))) {
                    votes.set(i, Agreement.DISAGREES);
                    votes.set(j, Agreement.DISAGREES);
                }
            }
        }
    }

    private static RaceStatus status(SolanaMethod method, List<NodeAnswer> checkers, List<Agreement> votes) {
        var agree = count(votes, Agreement.AGREES);
        var disagree = count(votes, Agreement.DISAGREES);
        if (disagree == 0) {
            return agree == 0 ? RaceStatus.UNVERIFIED : RaceStatus.CONFIRMED;
        }
        if (agree > 0 || disagree < 2) {
            return RaceStatus.INCONCLUSIVE;
        }
        if (method.finality()) {
            return RaceStatus.DISPUTED;
        }
        return holdOneValue(method, checkers, votes) ? RaceStatus.CONTRADICTED : RaceStatus.INCONCLUSIVE;
    }

    private static int count(List<Agreement> votes, Agreement vote) {
        return (int) votes.stream().filter(vote::equals).count();
    }

    private static boolean holdOneValue(SolanaMethod method, List<NodeAnswer> checkers, List<Agreement> votes) {
        var against = new ArrayList<NodeAnswer>();
        for (var i = 0; i < votes.size(); i++) {
            if (votes.get(i) == Agreement.DISAGREES) {
                against.add(checkers.get(i));
            }
        }
        return against.stream().allMatch(answer -> Comparability.sameValue(method, against.getFirst(), answer));
    }
}
