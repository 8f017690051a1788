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
import io.streamsync.router.pubsub.Purse.Want;
import java.util.ArrayList;
import java.util.List;

/// What one subscription has come to since its last record. Credit is set aside before a notification goes out; where
/// the lease is short, notifications go out on trust until billing has answered (decision 32).
final class Tab implements MeteredSubscription {

    /// So much is set aside at a time, in notifications: as many as usually cost an ask, as a query sets aside.
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
                coverAllThatCanBe(tally);
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
                write(tally);
                ahead(tally);
            }
        }
        if (tallies.isEmpty()) {
            ticks.remove(payer.loop(), this);
        }
    }

    /// What it came to cannot be written down: it is over, and what is set aside for it comes back.
    void giveUp() {
        if (!closed) {
            closed = true;
            ticks.remove(payer.loop(), this);
            tallies.forEach(Tally::release);
            tallies.clear();
            payer.unpaid().accept(Unpaid.UNAVAILABLE);
        }
    }

    private void ahead(Tally tally) {
        if (!closed && !cover(tally, hold(tally))) {
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
        var funding = hold(tally);
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

    private Funding hold(Tally tally) {
        return purse.hold(payer.credential().get(), want(tally, tally.lacking()));
    }

    private static Want want(Tally tally, long least) {
        var ahead = saturated(tally.price(), AHEAD);
        return new Want(least, Math.max(least, ahead), tally.seller().askNano());
    }

    private void seek(Tally tally) {
        if (!seeking) {
            seeking = true;
            var want = want(tally, tally.lackingInAll());
            purse.seek(payer.credential().get(), want, payer.loop(), funding -> sought(tally, funding));
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

    private void coverAllThatCanBe(Tally tally) {
        var covered = true;
        while (tally.isOwing() && covered) {
            covered = cover(tally, hold(tally));
        }
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

    private void write(Tally tally) {
        var charge = tally.take(last, book.parameters());
        if (charge != null) {
            last = new NotificationFee(charge.feeNano(), charge.carried());
            book.write(id, method, payer, charge, () -> {}, () -> end(Unpaid.UNAVAILABLE));
        }
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
