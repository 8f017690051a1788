package io.streamsync.verifier.check;

import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.protocol.record.StreamRecord.Verified;
import java.util.EnumMap;
import java.util.Map;

/// Counts what is looked at.
final class Tallied {

    private final Map<RefundReason, Long> refunds = new EnumMap<>(RefundReason.class);
    private long races;
    private long replayed;
    private long withoutSla;
    private long verdicts;
    private long subscriptionCharges;

    void answered(PublicRecord.Answered answered) {
        races++;
        var outcome = answered.outcome();
        if (outcome.winner() >= 0 && outcome.sla() == null) {
            withoutSla++;
        }
        if (outcome.refund() != null) {
            refunds.merge(outcome.refund(), 1L, Long::sum);
        }
    }

    void replayed() {
        replayed++;
    }

    void verified(Verified verified) {
        verdicts++;
        if (verified.feeNano() > 0) {
            switch (verified.status()) {
                case CONTRADICTED, CONVICTED -> refunds.merge(RefundReason.WRONG_ANSWER, 1L, Long::sum);
                case NO_ANSWER -> refunds.merge(RefundReason.NO_ANSWER, 1L, Long::sum);
                case PENDING, CONFIRMED, UNVERIFIED, DISPUTED, UPHELD, INCONCLUSIVE -> {}
            }
        }
    }

    void subscribed() {
        subscriptionCharges++;
    }

    long races() {
        return races;
    }

    long replays() {
        return replayed;
    }

    long withoutSla() {
        return withoutSla;
    }

    long verdicts() {
        return verdicts;
    }

    long subscriptionCharges() {
        return subscriptionCharges;
    }

    Map<RefundReason, Long> refunds() {
        return Map.copyOf(refunds);
    }
}
