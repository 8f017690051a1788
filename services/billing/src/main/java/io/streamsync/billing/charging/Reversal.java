package io.streamsync.billing.charging;

import io.streamsync.protocol.fee.FeeSplit;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import java.time.Instant;

/// A charged race that turned out not to be worth its fee. Whose fee it was, the archive knows.
///
/// @param winner who was paid for it
record Reversal(
        long sequence,
        Instant occurredAt,
        RefundReason reason,
        long fee,
        FeeSplit split,
        OperatorId winner,
        String method,
        QueryClass queryClass) {}
