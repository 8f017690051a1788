package io.streamsync.billing.rail;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Balances;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Closing;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.rail.Transfer.Kind;
import io.streamsync.billing.rail.Transfer.Status;
import io.streamsync.billing.statement.Statement;
import io.streamsync.billing.statement.StatementEntry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/// Puts transfers into the books: set aside, then out of the market or back. Both ends of one transfer have the same
/// key, so that only one of them can ever be booked.
@Component
class TransferBooking {

    private final Closing closing;
    private final Ledger ledger;
    private final Statement statement;
    private final InstantSource clock;

    TransferBooking(Closing closing, Ledger ledger, Statement statement, InstantSource clock) {
        this.closing = closing;
        this.ledger = ledger;
        this.statement = statement;
        this.clock = clock;
    }

    /// Locks what the transfer moves.
    Reserving reserving(Transfer transfer) {
        closing.until(); // before accounts: who seals, and waits for all who book, must not come between
        var locked = ledger.lock(accounts(transfer));
        return new Reserving(locked, locked.of(transfer.source()));
    }

    void reserved(Transfer transfer, Balances locked) {
        book(transfer, "reserved", transfer.source(), transfer.inFlight(), locked);
    }

    void settled(Transfer transfer) {
        closing.until();
        var to = transfer.status() == Status.PAID
                ? Account.payouts(transfer.amount().asset())
                : transfer.source();
        var accounts = new ArrayList<>(accounts(transfer));
        accounts.add(to);
        book(transfer, "settled", transfer.inFlight(), to, ledger.lock(accounts));
    }

    private void book(Transfer transfer, String step, Account from, Account to, Balances locked) {
        var entries = new Entries().move(from, to, transfer.amount().nanoUnits());
        var key = "transfer/" + transfer.id() + "/" + step;
        var after = ledger.post(new Batch(key, Batch.Kind.TRANSFER, clock.instant(), entries), locked)
                .orElseThrow(() -> new IllegalStateException("booked before: " + key));
        if (transfer.kind() == Kind.WITHDRAWAL && entries.of(transfer.source()) != 0) {
            statement.add(List.of(line(transfer, entries.of(transfer.source()), after)));
        }
    }

    private StatementEntry line(Transfer transfer, long amount, Balances after) {
        var customer = new CustomerId(transfer.holder());
        return new StatementEntry(
                customer,
                clock.instant(),
                StatementEntry.Kind.WITHDRAWAL,
                amount,
                after.of(Account.available(customer)) + after.of(Account.leased(customer)),
                transfer.id());
    }

    private static List<Account> accounts(Transfer transfer) {
        return switch (transfer.kind()) {
            case WITHDRAWAL ->
                List.of(transfer.source(), transfer.inFlight(), Account.leased(new CustomerId(transfer.holder())));
            case PAYOUT -> List.of(transfer.source(), transfer.inFlight());
        };
    }

    /// @param available what can leave, nano-units
    record Reserving(Balances locked, long available) {}
}
