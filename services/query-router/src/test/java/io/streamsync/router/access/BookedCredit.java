package io.streamsync.router.access;

import io.streamsync.router.journal.Journal;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.BillingEndpoint;
import io.streamsync.router.publication.HighWaterMarks;
import io.streamsync.router.publication.Publications;
import io.streamsync.router.publication.ScriptedBilling;

/// Leases of deposits that a test makes, kept as in a router.
public final class BookedCredit implements AutoCloseable {

    private final CreditBook book = new CreditBook();
    private final ScriptedBilling billing = new ScriptedBilling(book::answer);
    private final BillingEndpoint endpoint = billing.endpoint();
    private final CreditLeases leases;
    private final LeaseKeeping keeping;

    public BookedCredit(Journal journal) {
        HighWaterMarks marks = Publications.marks(journal);
        var rates = new RateShares();
        var keeper = new LeaseKeeper(endpoint, journal.incarnation(), marks, rates, new RouterLog(), System::nanoTime);
        leases = new CreditLeases(keeper, new ClosedLeases(journal), System::nanoTime);
        keeping = new LeaseKeeping(keeper, leases, rates, marks, journal.incarnation(), () -> {});
        keeping.start();
    }

    public CreditLeases leases() {
        return leases;
    }

    public void deposit(String account, long nano) {
        book.deposit(account, nano);
    }

    public void cap(String key, long nano) {
        book.cap(key, nano);
    }

    /// What is neither leased nor spent.
    public long available(String account) {
        return book.available(account);
    }

    public void down(boolean isDown) {
        book.down(isDown);
    }

    @Override
    public void close() {
        keeping.stop();
        endpoint.close();
        billing.close();
    }
}
