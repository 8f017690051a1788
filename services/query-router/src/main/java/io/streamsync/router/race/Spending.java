package io.streamsync.router.race;

import java.util.concurrent.atomic.AtomicLong;

/// One query's part in what its key may spend in a day: the cheapest ask is held while it races, so that queries at the
/// same time do not all find the same rest of the cap; at the answer the fee takes its place.
final class Spending {

    private final AtomicLong spentNano;
    private final long capNano;
    private long heldNano;

    /// @param spentNano by all queries of the key on that day
    Spending(AtomicLong spentNano, long capNano) {
        this.spentNano = spentNano;
        this.capNano = capNano;
    }

    boolean isUsedUp() {
        return spentNano.get() >= capNano;
    }

    /// @return false when so much is not left of the cap
    boolean hold(long nano) {
        while (true) {
            var spent = spentNano.get();
            if (nano > capNano - spent) {
                return false;
            }
            if (spentNano.compareAndSet(spent, spent + nano)) {
                heldNano += nano;
                return true;
            }
        }
    }

    /// To be called once, whatever the query came to.
    ///
    /// @param feeNano 0 when nothing is charged
    void answered(long feeNano) {
        spentNano.addAndGet(feeNano - heldNano);
        heldNano = 0;
    }
}
