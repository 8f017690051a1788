package io.streamsync.billing.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What a batch moves, netted to one signed amount per account. Sums to zero by construction: it only moves.
public final class Entries {

    private final Map<Account, Net> net = new HashMap<>();

    /// Moves nano-units of the asset that both accounts hold.
    public Entries move(Account from, Account to, long nano) {
        if (from.asset() != to.asset()) {
            throw new IllegalArgumentException(from.asset() + " and " + to.asset() + " are never mixed");
        }
        if (nano < 0) {
            throw new IllegalArgumentException("money moves forwards: " + nano);
        }
        if (nano > 0) {
            add(from, -nano);
            add(to, nano);
        }
        return this;
    }

    /// What this changes on the account.
    public long of(Account account) {
        var moved = net.get(account);
        return moved == null ? 0 : moved.nano;
    }

    public Set<Account> accounts() {
        return Set.copyOf(net.keySet());
    }

    Map<Account, Long> withoutZeros() {
        var changed = new HashMap<Account, Long>();
        net.forEach((account, moved) -> {
            if (moved.nano != 0) {
                changed.put(account, moved.nano);
            }
        });
        return changed;
    }

    private void add(Account account, long nano) {
        var moved = net.computeIfAbsent(account, _ -> new Net());
        moved.nano = Math.addExact(moved.nano, nano);
    }

    /// Counts up: every record of a batch does.
    private static final class Net {
        private long nano;
    }
}
