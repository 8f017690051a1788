package io.streamsync.protocol.record;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.record.StreamRecord.Asked;
import io.streamsync.protocol.record.StreamRecord.Outcome;
import io.streamsync.protocol.record.StreamRecord.Race;

/// What is published of a record: all but what links it to a customer, which it is committed to.
public sealed interface PublicRecord {

    /// @param commitment SHA-256 of the private part, lower-case hex
    record Answered(Race race, Asked asked, Outcome outcome, String commitment) implements PublicRecord {

        public Answered {
            StreamRecord.requireWinner(asked, outcome);
        }
    }

    /// Nothing of it is private.
    record Verified(StreamRecord.Verified verified) implements PublicRecord {}

    /// @param commitment SHA-256 of the private part, lower-case hex
    record SubscriptionCharged(
            String subscriptionId,
            long occurredAt,
            long epoch,
            String parametersVersion,
            String method,
            NodeId nodeId,
            OperatorId operatorId,
            long priceNano,
            boolean opened,
            long notifications,
            long feeNano,
            String commitment)
            implements PublicRecord {}

    /// Whose lease it was is private.
    record LeaseClosed() implements PublicRecord {}

    record EpochEnded(long epoch, long occurredAt) implements PublicRecord {}

    record StreamEnded(long occurredAt) implements PublicRecord {}
}
