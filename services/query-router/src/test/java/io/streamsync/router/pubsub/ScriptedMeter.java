package io.streamsync.router.pubsub;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.router.jsonrpc.Refusal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Counts what is charged, and plays customers without credit.
final class ScriptedMeter implements Meter {

    private final List<Seller> opened = new CopyOnWriteArrayList<>();
    private final AtomicLong notified = new AtomicLong();
    private final AtomicLong notifiedNano = new AtomicLong();
    private final AtomicLong open = new AtomicLong();
    private volatile @Nullable Refusal refusal;
    private volatile long mostNotifications = Long.MAX_VALUE;

    /// Nothing is opened from now on.
    void refuses(Refusal with) {
        refusal = with;
    }

    /// After so many notifications there is no credit left.
    void coversOnly(long notifications) {
        mostNotifications = notifications;
    }

    List<Seller> opened() {
        return opened;
    }

    long notified() {
        return notified.get();
    }

    /// The sum of the asks at which notifications were charged.
    long notifiedNano() {
        return notifiedNano.get();
    }

    /// How many are opened and not closed.
    long open() {
        return open.get();
    }

    /// As if billing had to be asked.
    @Override
    public void seek(Payer payer, long askNano, Consumer<@Nullable Refusal> then) {
        var refused = refusal;
        payer.loop().execute(() -> then.accept(refused));
    }

    @Override
    public void open(Payer payer, String method, Seller seller, Consumer<Opening> then) {
        var refused = refusal;
        // as if billing had to be asked
        payer.loop().execute(() -> then.accept(refused == null ? opened(payer, seller) : new Opening.Refused(refused)));
    }

    private Opening opened(Payer payer, Seller seller) {
        opened.add(seller);
        open.incrementAndGet();
        return new Opening.Opened(new Metered(payer));
    }

    private final class Metered implements MeteredSubscription {

        private final Payer payer;
        private boolean closed;

        Metered(Payer payer) {
            this.payer = payer;
        }

        @Override
        public String id() {
            return "0".repeat(32);
        }

        @Override
        public boolean notified(NodeId nodeId, OperatorId operatorId, long askNano) {
            if (!closed && notified.get() >= mostNotifications) {
                close();
                payer.unpaid().accept(Unpaid.NO_CREDIT);
            }
            if (closed) {
                return false;
            }
            notified.incrementAndGet();
            notifiedNano.addAndGet(askNano);
            return true;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }
}
