package io.streamsync.protocol.comparison;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.NodeAnswer.Kind;
import io.streamsync.protocol.answer.Replies;
import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.market.ComparisonRule;
import io.streamsync.protocol.market.SolanaMethod;

/// Compares answers by the method's rule. Whatever two honest nodes a few slots or one version apart may say is never a
/// disagreement: in doubt it is unjudged.
public final class Comparability {

    private Comparability() {}

    /// Whether two answers hold the same value, whatever their slots. Bytes first, canonical form where they differ.
    public static boolean sameValue(SolanaMethod method, NodeAnswer one, NodeAnswer other) {
        return likeness(method, one, other) == Likeness.SAME;
    }

    /// Judges one answer against another by the method's rule, each on its own slot.
    public static Agreement judge(SolanaMethod method, NodeAnswer winner, NodeAnswer checker) {
        return switch (method.rule()) {
            case NODE_LOCAL, WRITE -> Agreement.UNJUDGED;
            case EXACT -> judged(exact(method, winner, checker), hasEqualOrNoSlots(winner, checker));
            case EXACT_FINALIZED -> judged(likeness(method, winner, checker), isContent(winner, checker));
            case SLOT_KEYED -> judged(likeness(method, winner, checker), hasEqualSlots(winner, checker));
            case SELF_VERIFIABLE -> judged(likeness(method, winner, checker), false);
            case RANGE ->
                isContent(winner, checker)
                        ? Ranges.judge(method, winner, checker)
                        : judged(likeness(method, winner, checker), false);
            case PREFIX ->
                isContent(winner, checker)
                        ? Windows.judge(method, winner, checker)
                        : judged(likeness(method, winner, checker), false);
        };
    }

    /// Whether two checkers hold one value, other than the winner's, at slots between which the winner's lies: state
    /// that was so before and after was so in between.
    public static boolean encloses(SolanaMethod method, NodeAnswer winner, NodeAnswer one, NodeAnswer other) {
        if (winner.slot().isEmpty() || one.slot().isEmpty() || other.slot().isEmpty()) {
            return false;
        }
        var slot = winner.slot().getAsLong();
        var first = Math.min(one.slot().getAsLong(), other.slot().getAsLong());
        var last = Math.max(one.slot().getAsLong(), other.slot().getAsLong());
        return (method.rule() == ComparisonRule.SLOT_KEYED || method.rule() == ComparisonRule.EXACT)
                && first <= slot
                && slot <= last
                && likeness(method, winner, one) == Likeness.DIFFERENT
                && likeness(method, winner, other) == Likeness.DIFFERENT
                && sameValue(method, one, other);
    }

    private static Agreement judged(Likeness likeness, boolean differencesCount) {
        return switch (likeness) {
            case SAME -> Agreement.AGREES;
            case DIFFERENT -> differencesCount ? Agreement.DISAGREES : Agreement.UNJUDGED;
            case UNCERTAIN -> Agreement.UNJUDGED;
        };
    }

    static Likeness likeness(SolanaMethod method, NodeAnswer one, NodeAnswer other) {
        if (one.kind() == Kind.ERROR || other.kind() == Kind.ERROR) {
            return sayTheSame(method, one, other) ? Likeness.SAME : Likeness.UNCERTAIN;
        }
        if (Spans.equal(one, other)) {
            return Likeness.SAME;
        }
        return Values.compare(method, AnswerTree.of(one), AnswerTree.of(other));
    }

    // null outside the epochs that a node knows is not a lie
    private static Likeness exact(SolanaMethod method, NodeAnswer winner, NodeAnswer checker) {
        var likeness = likeness(method, winner, checker);
        return likeness == Likeness.DIFFERENT && !isContent(winner, checker) ? Likeness.UNCERTAIN : likeness;
    }

    // an error agrees with what means the same; a block that somebody has refutes "skipped", but nobody lied
    private static boolean sayTheSame(SolanaMethod method, NodeAnswer one, NodeAnswer other) {
        return Replies.classify(method, one) instanceof Reply.NeedsSecond first
                && Replies.classify(method, other) instanceof Reply.NeedsSecond second
                && first.equivalence().equals(second.equivalence());
    }

    private static boolean isContent(NodeAnswer winner, NodeAnswer checker) {
        return winner.kind() == Kind.RESULT && checker.kind() == Kind.RESULT && !winner.isEmpty() && !checker.isEmpty();
    }

    private static boolean hasEqualSlots(NodeAnswer winner, NodeAnswer checker) {
        return winner.slot().isPresent() && winner.slot().equals(checker.slot());
    }

    private static boolean hasEqualOrNoSlots(NodeAnswer winner, NodeAnswer checker) {
        return winner.slot().equals(checker.slot());
    }
}
