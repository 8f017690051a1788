package io.streamsync.router.access;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The credit that this router may spend on its own: one lease per account, and one per key that has a daily cap. A
/// holder is the name of either, see [Credential#creditHolder]. Safe for use by many threads; no method
/// waits.
public final class CreditLeases {

    /// For so many holders credit lies ready, those who asked last: what it ties up is bounded.
    private static final int MOST_READY = 10_000;

    /// For so long after its last query.
    private static final long READY = Duration.ofHours(1).toNanos();

    /// Asks for a lease that is there, and for next to nothing where there is none.
    private static final long LEAST = 1;

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
    public @Nullable Reservation reserve(String holder, long amountNano) {
        var account = accounts.get(holder);
        return account == null ? null : account.reserve(amountNano, nanoTime.getAsLong());
    }

    /// What can be reserved right now.
    public long remaining(String holder) {
        var account = accounts.get(holder);
        return account == null ? 0 : account.remaining(nanoTime.getAsLong());
    }

    /// Asks billing for (more) credit. Completes as soon as billing has answered, within a second, on a thread of its
    /// own; at once when the answer is known. All who wait for one account share one request.
    ///
    /// @param dearestAskNano the highest ask that the account's queries may meet
    public CompletionStage<LeaseState> lease(String accountId, long neededNano, long dearestAskNano) {
        return lease(accountId, null, neededNano, 0, dearestAskNano);
    }

    /// The same for whoever holds the key's credit.
    ///
    /// @param leastNano what a new lease must come to, to buy a query
    public CompletionStage<LeaseState> lease(
            Credential credential, long neededNano, long leastNano, long dearestAskNano) {
        return lease(credential.accountId(), keyId(credential), neededNano, leastNano, dearestAskNano);
    }

    private CompletionStage<LeaseState> lease(
            String accountId, @Nullable String keyId, long neededNano, long leastNano, long dearestAskNano) {
        while (true) {
            var now = nanoTime.getAsLong();
            var account = account(accountId, keyId, now);
            var state = account.lease(neededNano, leastNano, dearestAskNano, now);
            if (state.isPresent()) {
                return state.get();
            }
            accounts.remove(keyId == null ? accountId : keyId, account);
        }
    }

    private AccountCredit account(String accountId, @Nullable String keyId, long now) {
        return accounts.computeIfAbsent(
                keyId == null ? accountId : keyId, _ -> new AccountCredit(accountId, keyId, keeper, closed, now));
    }

    private static @Nullable String keyId(Credential credential) {
        return credential.dailyCapNano().isPresent() ? credential.keyId() : null;
    }

    /// Has a little credit ready, so that the key's first query need not wait for any. Not for more than a bounded
    /// number of holders: whoever asks has theirs anyway.
    public void ready(Credential credential, long dearestAskNano) {
        var now = nanoTime.getAsLong();
        var holder = credential.creditHolder();
        if (accounts.containsKey(holder) || accounts.size() < MOST_READY) {
            var account = account(credential.accountId(), keyId(credential), now);
            if (!account.makeReady(dearestAskNano, now)) {
                accounts.remove(holder, account);
            }
        }
    }

    /// What a key may spend in a day is another from now on, or it is not a key any more.
    public void capChanged(String keyId) {
        var account = accounts.get(keyId);
        if (account != null) {
            account.capChanged(nanoTime.getAsLong());
        }
    }

    /// Gives back what is left of a lease when it buys nothing and nothing comes to it: together with what other
    /// routers give back it may buy something.
    public void giveBack(String holder, long leastNano) {
        var account = accounts.get(holder);
        if (account != null) {
            account.giveBack(leastNano);
        }
    }

    /// Another router is short of what this holder has here. Where nothing is known of it, billing carried out a call
    /// that was given up: its lease is made known, and is handed over when it is wanted next.
    ///
    /// @param keys finds a key that spends from the holder's credit
    public void wanted(String holder, Function<String, @Nullable Credential> keys) {
        var account = accounts.get(holder);
        var key = account == null ? keys.apply(holder) : null;
        if (account != null) {
            account.wanted(nanoTime.getAsLong());
        } else if (key != null) {
            ready(key, LEAST);
        }
    }

    /// Whether the key's cap is out, as billing said within the last second.
    public boolean isCapReached(String holder) {
        var account = accounts.get(holder);
        return account != null && account.isCapReached(nanoTime.getAsLong());
    }

    /// What is left of the key's cap for the day, at this router or another, as far as billing has read.
    public long unspent(String holder) {
        var account = accounts.get(holder);
        return account == null ? Long.MAX_VALUE : account.unspent();
    }

    /// The account's whole balance as far as this router can know it; 0 for an account that it has no lease of.
    public long balanceEstimate(String holder) {
        var account = accounts.get(holder);
        return account == null ? 0 : account.balanceEstimate();
    }

    /// Ends what has been idle or is over, and forgets accounts that are gone.
    void tidy(long posted) {
        var now = nanoTime.getAsLong();
        closed.tidy(posted, now);
        var read = closed.areRead(now);
        var since = readySince(now);
        accounts.values().removeIf(account -> account.tidy(read, account.lastUsed() - since >= 0, now));
    }

    /// Who asked last before that has nothing ready.
    private long readySince(long now) {
        var hour = now - READY;
        if (accounts.size() <= MOST_READY) {
            return hour;
        }
        var ages = accounts.values().stream()
                .mapToLong(account -> now - account.lastUsed())
                .sorted()
                .toArray();
        return ages.length <= MOST_READY ? hour : Math.max(hour, now - ages[MOST_READY - 1]);
    }

    /// Gives everything back; what is reserved, once it is settled.
    void closeAll() {
        accounts.values().forEach(AccountCredit::close);
    }
}
