package io.streamsync.billing.charging;

import io.streamsync.billing.archive.RaceRow;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Balances;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.protocol.market.OperatorId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Gives a whole fee back to who paid it, share by share: from where the share lies; what is gone from there the
/// operator owes for its half, and insurance and treasury stand in for the others (money, Posting). Never from stake:
/// that is another asset.
final class Reversing {

    private final Balances before;
    private final Entries entries;
    private final Map<OperatorId, Long> taken = new HashMap<>();

    /// @param entries of the batch, which the reversals join
    Reversing(Balances before, Entries entries) {
        this.before = before;
        this.entries = entries;
    }

    /// All accounts that a reversal may touch.
    static List<Account> accounts(Reversal reversal, RaceRow race) {
        return List.of(
                Account.available(race.customer()),
                Account.held(reversal.winner()),
                Account.payable(reversal.winner()),
                Account.VERIFIERS,
                Account.STAKERS,
                Account.TREASURY,
                Account.INSURANCE);
    }

    /// @param windowFrom from which position on the stakers' shares have not been shared out
    void reverse(Reversal reversal, RaceRow race, long windowFrom) {
        var to = race.charged() == 0 ? Account.INSURANCE : Account.available(race.customer());
        var split = reversal.split();
        var owed = take(Account.held(reversal.winner()), to, split.operator());
        if (owed < split.operator()) {
            taken.merge(reversal.winner(), split.operator() - owed, Math::addExact);
        }
        entries.move(Account.payable(reversal.winner()), to, owed);
        // its verdict is this one, so the share lies there
        entries.move(Account.VERIFIERS, to, split.verifiers());
        var missing = race.position() < windowFrom ? split.stakers() : take(Account.STAKERS, to, split.stakers());
        var uninsured = to.equals(Account.INSURANCE) ? 0 : take(Account.INSURANCE, to, missing);
        entries.move(Account.TREASURY, to, Math.addExact(split.treasury(), uninsured));
    }

    /// What was taken from earnings that were held.
    Map<OperatorId, Long> taken() {
        return taken;
    }

    /// @return what the account cannot give
    private long take(Account from, Account to, long nano) {
        var there = Math.max(0, before.of(from) + entries.of(from));
        var moved = Math.min(there, nano);
        entries.move(from, to, moved);
        return nano - moved;
    }
}
