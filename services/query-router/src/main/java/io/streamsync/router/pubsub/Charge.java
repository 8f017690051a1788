package io.streamsync.router.pubsub;

import io.streamsync.protocol.fee.NotificationFee;
import io.streamsync.router.pubsub.Funding.Held;
import io.streamsync.router.pubsub.Meter.Seller;
import java.util.List;
import java.util.UUID;

/// What is charged to one lease in one record.
///
/// @param opened whether it is for the opening
/// @param feeNano never more than is held
/// @param carried what the fee leaves for the next
/// @param held of one lease, at least one
record Charge(Seller seller, boolean opened, long notifications, long feeNano, long carried, List<Held> held) {

    static Charge ofOpening(Seller seller, Held held) {
        return new Charge(seller, true, 0, seller.askNano(), 0, List.of(held));
    }

    static Charge of(Seller seller, long notifications, NotificationFee due, List<Held> held) {
        return new Charge(seller, false, notifications, due.feeNano(), due.carried(), held);
    }

    UUID leaseId() {
        return held.getFirst().reservation().leaseId();
    }

    /// To be called once, while the record is written.
    ///
    /// @return all that the lease has spent
    long settle() {
        var open = feeNano;
        var cumulative = 0L;
        for (var one : held) {
            var part = Math.min(open, one.nano());
            cumulative = one.reservation().settle(part);
            open -= part;
        }
        return cumulative;
    }

    /// The record is lost.
    void cancel() {
        held.forEach(one -> one.reservation().cancel());
    }
}
