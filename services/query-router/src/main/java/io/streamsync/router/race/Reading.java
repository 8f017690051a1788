package io.streamsync.router.race;

import io.streamsync.protocol.answer.AnswerHead;
import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.Replies;
import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.answer.Reply.Content;
import io.streamsync.protocol.answer.Reply.Failure;
import io.streamsync.protocol.tip.Reach;
import io.streamsync.router.tip.Tips;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a node's bytes mean for this race.
///
/// @param answer null when the bytes are no answer
record Reading(Reply reply, @Nullable NodeAnswer answer) {

    static final Reading UNREADABLE = new Reading(new Failure("malformed", true, false), null);

    /// A node that is just behind what the customer has seen is no worse for it.
    static final Failure BEHIND = new Failure("BEHIND", false, false);

    private static final Reply CONTENT = new Content();
    private static final byte[] NOT_HELD = {};
    private static final int MIN_CONTEXT_SLOT_NOT_REACHED = -32016;
    private static final Failure OTHER_SIGNATURE = new Failure("another signature", true, false);

    /// @param earlier what another place said: most say the same in the same bytes, which need no second reading, and
    ///     are kept once
    /// @param reach how far the chain is by now
    static Reading of(
            byte[] body,
            @Nullable NodeAnswer earlier,
            Lineup lineup,
            SubmittedTransaction submitted,
            Sanity sanity,
            Reach reach) {
        var answer = earlier != null && Arrays.equals(earlier.body(), body)
                ? earlier
                : NodeAnswer.parse(body, lineup.method().name(), lineup.nodeId());
        if (answer == null) {
            return UNREADABLE;
        }
        var failure = ofChain(answer, lineup, sanity, reach);
        if (failure != null) {
            return new Reading(failure, answer);
        }
        var meaning = submitted.meaning(Replies.classify(lineup.method(), answer), answer);
        return new Reading(meaning == null ? OTHER_SIGNATURE : meaning, answer);
    }

    /// What the first bytes of a long answer mean. Too long to be absence, it is content.
    static Reading ofHead(byte[] head, Lineup lineup, Sanity sanity, Reach reach) {
        var read = AnswerHead.read(head, lineup.method().name(), lineup.nodeId());
        if (read == null) {
            return UNREADABLE;
        }
        var answer = new NodeAnswer(NOT_HELD, NodeAnswer.Kind.RESULT, 0, 0, 0, read.slot(), read.shaped());
        var failure = ofChain(answer, lineup, sanity, reach);
        if (failure != null) {
            return new Reading(failure, answer);
        }
        return answer.shaped() ? new Reading(CONTENT, answer) : UNREADABLE;
    }

    private static @Nullable Failure ofChain(NodeAnswer answer, Lineup lineup, Sanity sanity, Reach reach) {
        var failure = sanity.failure(lineup.method().name(), answer, lineup.bounds(), reach, Tips.millis());
        if (failure != null) {
            return failure;
        }
        return answer.slot().isPresent() && lineup.bounds().isOld(answer.slot().getAsLong()) ? BEHIND : null;
    }

    /// Whether the node is only not as far as it must be, and may be soon. Where no slot is needed it may not say
    /// so: who is held promises no time.
    boolean isBehind(long needed) {
        return (needed > CustomerTerms.NO_SLOT && isBehindWhatWasAsked())
                || (reply instanceof Failure failure && failure.reason().equals(BEHIND.reason()));
    }

    /// Whether it says in words that it is behind: whoever asks for what is not there yet makes nodes work for nothing.
    boolean saysSo() {
        return answer != null && answer.kind() == NodeAnswer.Kind.ERROR;
    }

    /// How many slots are missing to the one that is needed, as far as it can be told.
    long missing(long needed) {
        if (answer == null) {
            return 1;
        }
        var slot = isBehindWhatWasAsked() ? answer.contextSlot() : answer.slot();
        return slot.isPresent() ? Math.max(1, needed - slot.getAsLong()) : 1;
    }

    private boolean isBehindWhatWasAsked() {
        return answer != null && saysSo() && answer.errorCode() == MIN_CONTEXT_SLOT_NOT_REACHED;
    }
}
