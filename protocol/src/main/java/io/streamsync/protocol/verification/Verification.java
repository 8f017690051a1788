package io.streamsync.protocol.verification;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.comparison.Agreement;
import io.streamsync.protocol.market.SolanaMethod;
import java.util.List;

/// The status of a race from the checkers' votes, and each vote.
///
/// @param votes one per checker's answer, in the order given
public record Verification(RaceStatus status, List<Agreement> votes) {

    public Verification {
        votes = List.copyOf(votes);
    }

    /// @param checkers the answers of the checkers that answered in time; failures and the late are left out
    public static Verification of(SolanaMethod method, NodeAnswer winner, List<NodeAnswer> checkers) {
        throw new UnsupportedOperationException("skeleton");
    }
}
