package io.streamsync.billing.market;

import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;
import io.streamsync.protocol.record.StreamRecord.Verified;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/// What one batch of one stream adds to the minutes.
final class TradesOfBatch {

    private final Map<Key, Trades> sums = new HashMap<>();

    void take(StreamRecord record) {
        switch (record) {
            case Answered answered -> answered(answered);
            case Verified verified -> verified(verified);
            case SubscriptionCharged charged ->
                add(
                        charged.queryClass(),
                        charged.occurredAt(),
                        new Trades(charged.opened() ? 1 : 0, charged.feeNano(), 0, 0, 0));
            case StreamRecord.LeaseClosed _, StreamRecord.EpochEnded _, StreamRecord.StreamEnded _ -> {}
        }
    }

    Map<Key, Trades> sums() {
        return sums;
    }

    private void answered(Answered answered) {
        var outcome = answered.outcome();
        var sla = outcome.sla();
        add(
                answered.race().queryClass(),
                answered.race().occurredAt(),
                new Trades(
                        1,
                        outcome.feeNano(),
                        sla == null ? 0 : 1,
                        sla != null && sla.met() ? 1 : 0,
                        outcome.refund() == null ? 0 : 1));
    }

    /// What is given back counts in the minute in which it is.
    private void verified(Verified verified) {
        var refunded = switch (verified.status()) {
            case CONTRADICTED, CONVICTED, NO_ANSWER -> verified.feeNano() > 0;
            case PENDING, CONFIRMED, UNVERIFIED, DISPUTED, UPHELD, INCONCLUSIVE -> false;
        };
        if (refunded) {
            add(verified.queryClass(), verified.occurredAt(), new Trades(0, 0, 0, 0, 1));
        }
    }

    private void add(QueryClass queryClass, long millis, Trades trades) {
        var minute = Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.MINUTES);
        sums.merge(new Key(minute, queryClass), trades, Trades::plus);
    }

    record Key(Instant minute, QueryClass queryClass) {}
}
