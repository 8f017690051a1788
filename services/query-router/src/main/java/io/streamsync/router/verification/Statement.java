package io.streamsync.router.verification;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Reason;
import org.jspecify.annotations.Nullable;

/// What one place came to by the end of the verification window.
///
/// @param latencyMicros from asking the node to the first byte; -1 when it did not answer
/// @param outcome null when it was still silent
/// @param answer of a sound answer; null otherwise
/// @param faulty whether its failure counts against it, should another operator have answered
/// @param reason why it did not win, whoever did; null when it was silent
/// @param large whether the answer was not held: its bytes are not known, at best their hash
/// @param hash of a large answer's result; null where it did not come whole
public record Statement(
        NodeId nodeId,
        OperatorId operatorId,
        Place place,
        long latencyMicros,
        @Nullable PlaceOutcome outcome,
        @Nullable NodeAnswer answer,
        boolean faulty,
        @Nullable Reason reason,
        boolean large,
        @Nullable String hash) {

    /// Of an answer that was held, or none.
    public Statement(
            NodeId nodeId,
            OperatorId operatorId,
            Place place,
            long latencyMicros,
            @Nullable PlaceOutcome outcome,
            @Nullable NodeAnswer answer,
            boolean faulty,
            @Nullable Reason reason) {
        this(nodeId, operatorId, place, latencyMicros, outcome, answer, faulty, reason, false, null);
    }

    /// The same of a large answer.
    public Statement large(@Nullable String itsHash) {
        return new Statement(nodeId, operatorId, place, latencyMicros, outcome, answer, faulty, reason, true, itsHash);
    }

    /// The same with the answer held after all.
    public Statement held(NodeAnswer whole) {
        return new Statement(nodeId, operatorId, place, latencyMicros, outcome, whole, faulty, reason, false, hash);
    }

    /// The same of an answer that turned out to be none.
    public Statement failed(boolean isFault, Reason why) {
        return new Statement(
                nodeId, operatorId, place, latencyMicros, PlaceOutcome.FAILURE, null, isFault, why, large, null);
    }

    boolean answered() {
        return outcome == PlaceOutcome.ANSWER;
    }
}
