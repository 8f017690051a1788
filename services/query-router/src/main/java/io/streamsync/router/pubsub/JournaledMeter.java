package io.streamsync.router.pubsub;

import io.streamsync.protocol.money.Amount;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import io.streamsync.router.pubsub.Funding.CapReached;
import io.streamsync.router.pubsub.Funding.Held;
import io.streamsync.router.pubsub.Funding.NothingLeft;
import io.streamsync.router.pubsub.Funding.TooLittle;
import io.streamsync.router.pubsub.Funding.Unknown;
import io.streamsync.router.pubsub.Purse.Want;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Charges leases, and writes down what it charges.
final class JournaledMeter implements Meter {

    private final Purse purse;
    private final ChargeBook book;
    private final Ticks ticks;

    JournaledMeter(Purse purse, ChargeBook book, Ticks ticks) {
        this.purse = purse;
        this.book = book;
        this.ticks = ticks;
    }

    @Override
    public void seek(Payer payer, long askNano, Consumer<@Nullable Refusal> then) {
        var price = Math.min(askNano, payer.ceilingNano());
        purse.seek(payer.credential().get(), Want.exactly(price), payer.loop(), funding -> {
            if (funding instanceof Held held) {
                held.release();
            }
            then.accept(refusal(payer, price, funding));
        });
    }

    @Override
    public void open(Payer payer, String method, Seller seller, Consumer<Opening> then) {
        var price = Math.min(seller.askNano(), payer.ceilingNano());
        var charged = new Seller(seller.nodeId(), seller.operatorId(), price);
        purse.seek(payer.credential().get(), Want.exactly(price), payer.loop(), funding -> {
            var refusal = refusal(payer, price, funding);
            if (refusal != null) {
                then.accept(new Opening.Refused(refusal));
            } else if (funding instanceof Held held) {
                write(payer, method, charged, held, then);
            }
        });
    }

    private @Nullable Refusal refusal(Payer payer, long price, Funding funding) {
        return switch (funding) {
            case Held _ -> null;
            case CapReached _ -> Refusal.of(RefusalCode.RATE_LIMITED).with("cause", "OWN_CAP");
            case NothingLeft _ -> insufficientCredit(payer, price);
            case Unknown _, TooLittle _ -> Refusal.of(RefusalCode.UNAVAILABLE);
        };
    }

    private void write(Payer payer, String method, Seller seller, Held held, Consumer<Opening> then) {
        var tab = new Tab(book.unguessable().id(), method, payer, purse, book, ticks);
        book.write(
                tab.id(),
                method,
                payer,
                Charge.ofOpening(seller, held),
                () -> then.accept(new Opening.Opened(tab)),
                () -> then.accept(unavailable()));
    }

    private Refusal insufficientCredit(Payer payer, long price) {
        return Refusal.of(RefusalCode.INSUFFICIENT_CREDIT)
                .with(
                        "balance",
                        Amount.decimal(purse.balanceEstimate(payer.credential().get())))
                .with("price", Amount.decimal(price));
    }

    private static Opening unavailable() {
        return new Opening.Refused(Refusal.of(RefusalCode.UNAVAILABLE));
    }
}
