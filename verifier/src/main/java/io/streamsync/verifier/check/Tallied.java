package io.streamsync.verifier.check;

import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.settlement.Tally;
import io.streamsync.protocol.verification.RaceStatus;
import java.util.EnumMap;
import java.util.Map;

/// Counts what is looked at.
final class Tallied {

    private final Map<RefundReason, Long> refunds = new EnumMap<>(RefundReason.class);
    private long races;
    private long replayed;
    private long withoutSla;
    private long withoutSlaByWord;
    private long withLists;
    private long creditSkips;
    private long verdicts;
    private long subscriptionCharges;

    void answered(PublicRecord.Answered answered) {
        races++;
        var outcome = answered.outcome();
        if (outcome.winner() >= 0 && outcome.sla() == null) {
            withoutSla++;
            withoutSlaByWord += isHeavy(answered) ? 0 : 1;
        }
        var terms = answered.race().terms();
        if (!terms.only().isEmpty() || !terms.exclude().isEmpty()) {
            withLists++;
        }
        creditSkips += answered.asked().skipped().stream()
                .filter(skip -> skip.reason() == SkipReason.CREDIT)
                .count();
        if (outcome.refund() != null) {
            refunds.merge(outcome.refund(), 1L, Long::sum);
        }
    }

    private static boolean isHeavy(PublicRecord.Answered answered) {
        return SolanaMethods.find(answered.race().method())
                .filter(SolanaMethod::heavy)
                .isPresent();
    }

    void replayed() {
        replayed++;
    }

    void verified(Verified verified) {
        verdicts++;
        if (verified.feeNano() > 0 && Tally.givesBack(verified)) {
            var reason = verified.status() == RaceStatus.NO_ANSWER ? RefundReason.NO_ANSWER : RefundReason.WRONG_ANSWER;
            refunds.merge(reason, 1L, Long::sum);
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

    long withoutSlaByWord() {
        return withoutSlaByWord;
    }

    long withLists() {
        return withLists;
    }

    long creditSkips() {
        return creditSkips;
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
