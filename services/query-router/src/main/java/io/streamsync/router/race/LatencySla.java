package io.streamsync.router.race;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.protocol.record.StreamRecord.Sla;
import org.jspecify.annotations.Nullable;

/// What an answer's latency means for the fee (protocol, SLA and refunds).
///
/// @param sla what was promised and whether it was kept; null for heavy methods, large answers and held ones
/// @param feeNano what is charged
/// @param lateByRouter whether the delay was the router's own, or a second draw's
record LatencySla(@Nullable Sla sla, long feeNano, @Nullable RefundReason refund, boolean lateByRouter) {

    static LatencySla judge(SolanaMethod method, Terms terms, Ask ask, Timing timing, boolean large) {
        if (method.heavy() || large || timing.held()) {
            return new LatencySla(null, ask.priceNano(), null, false);
        }
        var ofCustomer = terms.maxLatencyMs().isPresent();
        var limit = terms.maxLatencyMs().orElse(ask.guaranteedLatencyMs());
        var met = timing.latencyMicros() <= limit * 1_000L;
        var sla = new Sla(limit, ofCustomer, met);
        if (met) {
            return new LatencySla(sla, ask.priceNano(), null, false);
        }
        var byRouter = timing.secondDraw() || timing.nodeMicros() <= limit * 1_000L;
        return new LatencySla(sla, 0, RefundReason.SLA_MISSED, byRouter);
    }

    /// @param latencyMicros from the complete request to the first byte of the answer
    /// @param nodeMicros from asking the node to that byte
    /// @param held whether the node was asked again, as the slot that the customer needs was not there yet:
    ///     a time that nobody can promise
    record Timing(long latencyMicros, long nodeMicros, boolean secondDraw, boolean held) {}
}
