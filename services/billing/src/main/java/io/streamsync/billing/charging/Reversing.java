package io.streamsync.billing.charging;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Balances;
import io.streamsync.billing.ledger.Entries;
import java.util.List;

/// Gives a whole fee back, share by share: from where the share lies; what is gone from there the operator owes for its
/// half, and insurance and treasury stand in for the others (money, Posting). Never from stake: that is another asset.
final class Reversing {

    private final Balances before;
    private final Entries entries;

    /// @param entries of the batch, which the reversals join
    Reversing(Balances before, Entries entries) {
        this.before = before;
        this.entries = entries;
    }

    /// All accounts that a reversal may touch.
    static List<Account> accounts(Reversal reversal, CustomerId customer) {
        return List.of(
                Account.available(customer),
                Account.held(reversal.winner()),
                Account.payable(reversal.winner()),
                Account.VERIFIERS,
                Account.STAKERS,
                Account.TREASURY,
                Account.INSURANCE);
    }

    void reverse(Reversal reversal, CustomerId customer) {
        var to = Account.available(customer);
        var split = reversal.split();
        var owed = take(Account.held(reversal.winner()), to, split.operator());
        entries.move(Account.payable(reversal.winner()), to, owed);
        var missing = take(Account.VERIFIERS, to, split.verifiers()) + take(Account.STAKERS, to, split.stakers());
        var uninsured = take(Account.INSURANCE, to, missing);
        entries.move(Account.TREASURY, to, Math.addExact(split.treasury(), uninsured));
    }

    /// The fee was never the customer's, so it is not the customer's now: insurance paid it and keeps the share that
    /// nobody earned.
    void unclaimed(Reversal reversal) {
        entries.move(Account.VERIFIERS, Account.INSURANCE, reversal.split().verifiers());
    }

    /// @return what the account cannot give
    private long take(Account from, Account to, long nano) {
        var there = Math.max(0, before.of(from) + entries.of(from));
        var taken = Math.min(there, nano);
        entries.move(from, to, taken);
        return nano - taken;
    }
}
