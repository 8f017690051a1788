package io.streamsync.billing.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What a batch moves, netted to one signed amount per account. Sums to zero by construction: it only moves.
public final class Entries {

    private final Map<Account, Long> net = new HashMap<>();

    /// Moves nano-units of the asset that both accounts hold.
    public Entries move(Account from, Account to, long nano) {
        if (from.asset() != to.asset()) {
            throw new IllegalArgumentException(from.asset() + " and " + to.asset() + " are never mixed");
        }
        if (nano < 0) {
            throw new IllegalArgumentException("money moves forwards: " + nano);
        }
        if (nano > 0) {
            net.merge(from, -nano, Math::addExact);
            net.merge(to, nano, Math::addExact);
        }
        return this;
    }

    /// What this changes on the account.
    public long of(Account account) {
        return net.getOrDefault(account, 0L);
    }

    public Set<Account> accounts() {
        return Set.copyOf(net.keySet());
    }

    Map<Account, Long> withoutZeros() {
        var changed = new HashMap<>(net);
        changed.values().removeIf(amount -> amount == 0);
        return changed;
    }
}
