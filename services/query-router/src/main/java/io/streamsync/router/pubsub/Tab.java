package io.streamsync.router.pubsub;

import io.streamsync.protocol.fee.NotificationFee;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.router.pubsub.Funding.CapReached;
import io.streamsync.router.pubsub.Funding.Held;
import io.streamsync.router.pubsub.Funding.NothingLeft;
import io.streamsync.router.pubsub.Funding.TooLittle;
import io.streamsync.router.pubsub.Funding.Unknown;
import io.streamsync.router.pubsub.Meter.Seller;
import io.streamsync.router.pubsub.Meter.Unpaid;
import java.util.ArrayList;
import java.util.List;

/// What one subscription has come to since its last record. Credit is set aside before a notification goes out; where
/// the lease is short, notifications go out on trust until billing has answered (decision 32).
final class Tab implements MeteredSubscription {

    /// So much is set aside at first, in notifications: as many as cost an ask, which the lease had before.
    private static final int AHEAD = 100;

    /// On trust goes out at most so much, in asks, and at most until billing has answered, a second or so.
    private static final long TRUSTED_ASKS = 10;

    private final List<Tally> tallies = new ArrayList<>(1);
    private final String id;
    private final String method;
    private final Payer payer;
    private final Purse purse;
    private final ChargeBook book;
    private final Ticks ticks;
    private NotificationFee last = NotificationFee.NOTHING;
    private boolean seeking;
    private boolean closed;

    Tab(String id, String method, Payer payer, Purse purse, ChargeBook book, Ticks ticks) {
        this.id = id;
        this.method = method;
        this.payer = payer;
        this.purse = purse;
        this.book = book;
        this.ticks = ticks;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean notified(NodeId nodeId, OperatorId operatorId, long askNano) {
        if (closed) {
            return false;
        }
        var tally = tally(nodeId, operatorId, Math.min(askNano, payer.ceilingNano()));
        return tally.count() || countUncovered(tally);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            ticks.remove(payer.loop(), this);
            for (var tally : tallies) {
                if (tally.isOwing()) {
                    cover(tally, purse.hold(payer.credential().get(), tally.price(), tally.owed()));
                }
                write(tally);
            }
            tallies.clear();
        }
    }

    /// Once a second: writes down what came, gives back what was set aside for nothing, and sets aside what the next
    /// second may need.
    void tick() {
        for (var tally : List.copyOf(tallies)) {
            if (tally.isIdle()) {
                tally.release();
                tallies.remove(tally);
            } else if (!closed && !tally.isOwing()) { // else what billing says is waited for
                ahead(tally, saturated(write(tally), 2));
            }
        }
        if (tallies.isEmpty()) {
            ticks.remove(payer.loop(), this);
        }
    }

    private void ahead(Tally tally, long expected) {
        if (!closed && !cover(tally, hold(tally, expected))) {
            seek(tally);
        }
    }

    private Tally tally(NodeId nodeId, OperatorId operatorId, long askNano) {
        for (var i = 0; i < tallies.size(); i++) {
            var tally = tallies.get(i);
            if (tally.isOf(nodeId, operatorId, askNano)) {
                return tally;
            }
        }
        return begin(new Seller(nodeId, operatorId, askNano));
    }

    private Tally begin(Seller seller) {
        var tally = new Tally(seller, book.parameters().notificationsPerAsk());
        if (tallies.isEmpty()) {
            ticks.add(payer.loop(), this);
        }
        tallies.add(tally);
        return tally;
    }

    private boolean countUncovered(Tally tally) {
        var funding = hold(tally, 0);
        if (cover(tally, funding) && tally.count()) {
            return true;
        }
        if (funding instanceof CapReached) {
            end(Unpaid.CAP_REACHED);
            return false;
        }
        if (tally.owed() >= saturated(tally.seller().askNano(), TRUSTED_ASKS)) {
            end(Unpaid.UNAVAILABLE);
            return false;
        }
        tally.trust();
        seek(tally);
        return !closed;
    }

    /// @param expected nano-units
    private Funding hold(Tally tally, long expected) {
        var most = Math.max(saturated(tally.price(), AHEAD), expected);
        return purse.hold(payer.credential().get(), tally.price(), most);
    }

    private void seek(Tally tally) {
        if (!seeking) {
            seeking = true;
            var least = Math.max(tally.price(), tally.owed());
            var most = Math.max(saturated(tally.price(), AHEAD), saturated(least, 2));
            purse.seek(payer.credential().get(), least, most, payer.loop(), funding -> sought(tally, funding));
        }
    }

    private void sought(Tally tally, Funding funding) {
        seeking = false;
        if (!tallies.contains(tally)) {
            if (funding instanceof Held held) {
                held.release();
            }
        } else if (!cover(tally, funding) && tally.isOwing()) {
            end(
                    switch (funding) {
                        case CapReached _ -> Unpaid.CAP_REACHED;
                        case NothingLeft _ -> Unpaid.NO_CREDIT;
                        case Unknown _, TooLittle _, Held _ -> Unpaid.UNAVAILABLE;
                    });
        }
        tallies.stream().filter(Tally::isOwing).findFirst().ifPresent(this::seek);
    }

    /// @return whether there was something to cover it with
    private boolean cover(Tally tally, Funding funding) {
        if (!(funding instanceof Held held)) {
            return false;
        }
        if (!tally.takes(held.reservation().leaseId())) {
            write(tally);
        }
        tally.cover(held);
        return true;
    }

    /// @return what was charged
    private long write(Tally tally) {
        var charge = tally.take(last, book.parameters());
        if (charge == null) {
            return 0;
        }
        last = new NotificationFee(charge.feeNano(), charge.carried());
        book.write(id, method, payer, charge, () -> {}, () -> end(Unpaid.UNAVAILABLE));
        return charge.feeNano();
    }

    private void end(Unpaid why) {
        if (!closed) {
            close();
            payer.unpaid().accept(why);
        }
    }

    private static long saturated(long nano, long times) {
        return nano > Long.MAX_VALUE / times ? Long.MAX_VALUE : nano * times;
    }
}
