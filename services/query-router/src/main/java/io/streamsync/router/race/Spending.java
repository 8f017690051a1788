package io.streamsync.router.race;

import java.util.concurrent.atomic.AtomicLong;

/// One query's part in what its key may spend in a day: the dearest ask, or what is left, is held while it races, so
/// that queries at the same time do not all find the same rest of the cap; at the answer the fee takes its place.
public final class Spending {

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

    /// Holds what the query may cost at most, or what is left of the cap.
    ///
    /// @return false when not even the least is left
    public boolean hold(long least, long most) {
        while (true) {
            var spent = spentNano.get();
            var held = Math.min(most, capNano - spent);
            if (held < least) {
                return false;
            }
            if (spentNano.compareAndSet(spent, spent + held)) {
                heldNano += held;
                return true;
            }
        }
    }

    /// The query may not cost more.
    public long heldNano() {
        return heldNano;
    }

    /// To be called once, whatever the query came to.
    ///
    /// @param feeNano 0 when nothing is charged
    public void answered(long feeNano) {
        spentNano.addAndGet(feeNano - heldNano);
        heldNano = 0;
    }
}
