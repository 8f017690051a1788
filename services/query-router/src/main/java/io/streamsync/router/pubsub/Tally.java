package io.streamsync.router.pubsub;

import io.streamsync.protocol.fee.NotificationFee;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.pubsub.Funding.Held;
import io.streamsync.router.pubsub.Meter.Seller;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The notifications of one subscription from one node at one ask since the last record, and what is set aside for
/// them. Each sets aside its price rounded up, so that the fee, rounded down over all of them, is always covered.
final class Tally {

    private final Seller seller;
    private final long price;
    private final List<Held> held = new ArrayList<>();
    private long covered;
    private long onTrust;
    private long left;

    Tally(Seller seller, int notificationsPerAsk) {
        this.seller = seller;
        this.price = Math.max(1, Math.ceilDiv(seller.askNano(), notificationsPerAsk));
    }

    Seller seller() {
        return seller;
    }

    boolean isOf(NodeId nodeId, OperatorId operatorId, long askNano) {
        return seller.askNano() == askNano
                && seller.nodeId().equals(nodeId)
                && seller.operatorId().equals(operatorId);
    }

    /// What one notification sets aside.
    long price() {
        return price;
    }

    /// What one more notification lacks.
    long lacking() {
        return price - left;
    }

    /// What those that went out on trust lack, or else one more.
    long lackingInAll() {
        return Math.max(owed(), price) - left;
    }

    /// Counts one that is covered.
    ///
    /// @return false when it is not, and was not counted
    boolean count() {
        if (left < price) {
            return false;
        }
        left -= price;
        covered++;
        return true;
    }

    /// Counts one that goes out before its credit is there.
    void trust() {
        onTrust++;
    }

    /// What went out on trust costs, nano-units.
    long owed() {
        return Math.multiplyExact(onTrust, price);
    }

    boolean isOwing() {
        return onTrust > 0;
    }

    boolean isIdle() {
        return covered == 0 && onTrust == 0;
    }

    /// All that is set aside is of one lease: a record has only one.
    boolean takes(UUID leaseId) {
        return held.isEmpty() || held.getFirst().reservation().leaseId().equals(leaseId);
    }

    /// What went out on trust is covered first.
    void cover(Held more) {
        held.add(more);
        left += more.nano();
        var paid = Math.min(onTrust, left / price);
        onTrust -= paid;
        covered += paid;
        left -= paid * price;
    }

    /// What is set aside was for nothing.
    void release() {
        held.forEach(Held::release);
        held.clear();
        left = 0;
    }

    /// What the covered ones come to; they are counted no more, and nothing is set aside. Null when there are none.
    ///
    /// @param before carries what the last fee left
    @Nullable
    Charge take(NotificationFee before, Parameters parameters) {
        if (covered == 0) {
            release();
            return null;
        }
        var charge = Charge.of(seller, covered, before.next(covered, seller.askNano(), parameters), List.copyOf(held));
        held.clear();
        covered = 0;
        left = 0;
        return charge;
    }
}
