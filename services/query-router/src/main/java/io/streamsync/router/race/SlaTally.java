package io.streamsync.router.race;

import io.streamsync.protocol.record.StreamRecord.Outcome;
import java.util.concurrent.atomic.LongAdder;

/// How this router's races kept their guarantees since its start.
public final class SlaTally {

    private final LongAdder asked = new LongAdder();
    private final LongAdder met = new LongAdder();
    private final LongAdder refunds = new LongAdder();

    void count(Outcome outcome) {
        var sla = outcome.sla();
        if (sla != null) {
            asked.increment();
            if (sla.met()) {
                met.increment();
            }
        }
        if (outcome.refund() != null) {
            refunds.increment();
        }
    }

    /// Races with a guarantee.
    public long asked() {
        return asked.sum();
    }

    public long met() {
        return met.sum();
    }

    public long refunds() {
        return refunds.sum();
    }
}
