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
public record Statement(
        NodeId nodeId,
        OperatorId operatorId,
        Place place,
        long latencyMicros,
        @Nullable PlaceOutcome outcome,
        @Nullable NodeAnswer answer,
        boolean faulty,
        @Nullable Reason reason) {

    boolean answered() {
        return outcome == PlaceOutcome.ANSWER;
    }
}
