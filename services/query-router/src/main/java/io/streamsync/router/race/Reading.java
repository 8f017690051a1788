package io.streamsync.router.race;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.Replies;
import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.answer.Reply.Failure;
import org.jspecify.annotations.Nullable;

/// What a node's bytes mean for this race.
///
/// @param answer null when the bytes are no answer
record Reading(Reply reply, @Nullable NodeAnswer answer) {

    static final Reading UNREADABLE = new Reading(new Failure("malformed", true, false), null);

    /// The customer's wish is no fault of the node's.
    private static final Failure BEHIND = new Failure("behind the wanted slot", false, false);

    private static final Failure OTHER_SIGNATURE = new Failure("another signature", true, false);

    static Reading of(byte[] body, Lineup lineup, SubmittedTransaction submitted) {
        var answer = NodeAnswer.parse(body, lineup.method().name(), lineup.nodeId());
        if (answer == null) {
            return UNREADABLE;
        }
        var minSlot = lineup.query().terms().minSlot();
        if (answer.slot().orElse(Long.MAX_VALUE) < minSlot) {
            return new Reading(BEHIND, answer);
        }
        if (!submitted.isAcceptedBy(answer)) {
            return new Reading(OTHER_SIGNATURE, answer);
        }
        return new Reading(Replies.classify(lineup.method(), answer), answer);
    }
}
