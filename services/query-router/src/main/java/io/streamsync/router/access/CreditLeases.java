package io.streamsync.router.access;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The credit that this router may spend on its own, one lease per account. Safe for use by many threads; no method
/// waits.
public final class CreditLeases {

    private final Map<String, AccountCredit> accounts = new ConcurrentHashMap<>();
    private final LeaseKeeper keeper;
    private final ClosedLeases closed;
    private final LongSupplier nanoTime;

    CreditLeases(LeaseKeeper keeper, ClosedLeases closed, LongSupplier nanoTime) {
        this.keeper = keeper;
        this.closed = closed;
        this.nanoTime = nanoTime;
    }

    /// Sets credit aside, or returns null when the account's lease does not cover it. Takes no lock.
    public @Nullable Reservation reserve(String accountId, long amountNano) {
        var account = accounts.get(accountId);
        return account == null ? null : account.reserve(amountNano, nanoTime.getAsLong());
    }

    /// What can be reserved right now.
    public long remaining(String accountId) {
        var account = accounts.get(accountId);
        return account == null ? 0 : account.remaining(nanoTime.getAsLong());
    }

    /// Asks billing for (more) credit. Completes as soon as billing has answered, within a second, on a thread of its
    /// own; at once when the answer is known. All who wait for one account share one request.
    ///
    /// @param dearestAskNano the highest ask that the account's queries may meet
    public CompletionStage<LeaseState> lease(String accountId, long neededNano, long dearestAskNano) {
        while (true) {
            var now = nanoTime.getAsLong();
            var account = accounts.computeIfAbsent(accountId, id -> new AccountCredit(id, keeper, closed, now));
            var state = account.lease(neededNano, dearestAskNano, now);
            if (state.isPresent()) {
                return state.get();
            }
            accounts.remove(accountId, account);
        }
    }

    /// The account's whole balance as far as this router can know it; 0 for an account that it has no lease of.
    public long balanceEstimate(String accountId) {
        var account = accounts.get(accountId);
        return account == null ? 0 : account.balanceEstimate();
    }

    /// Ends what has been idle or is over, and forgets accounts that are gone.
    void tidy(long posted) {
        var now = nanoTime.getAsLong();
        closed.tidy(posted, now);
        var read = closed.areRead(now);
        accounts.values().removeIf(account -> account.tidy(read, now));
    }

    /// Gives everything back; what is reserved, once it is settled.
    void closeAll() {
        accounts.values().forEach(AccountCredit::close);
    }
}
