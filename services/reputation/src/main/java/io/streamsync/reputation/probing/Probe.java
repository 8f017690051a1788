package io.streamsync.reputation.probing;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One node in one round of one prober.
///
/// @param slot that it said; null when it did not answer, or said none
record Probe(
        NodeId nodeId,
        OperatorId operatorId,
        boolean answered,
        @Nullable Long slot,
        Instant at) {}
