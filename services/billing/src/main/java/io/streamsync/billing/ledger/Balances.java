package io.streamsync.billing.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Balances of accounts that the running transaction has locked: nobody else changes them before it ends.
public final class Balances {

    private final Map<Account, Row> rows;

    Balances(Map<Account, Row> rows) {
        this.rows = rows;
    }

    public long of(Account account) {
        return row(account).balance();
    }

    Row row(Account account) {
        var row = rows.get(account);
        if (row == null) {
            throw new IllegalArgumentException("not locked: " + account.name());
        }
        return row;
    }

    Balances after(Map<Account, Long> changes) {
        var next = new HashMap<>(rows);
        changes.forEach((account, amount) -> next.put(account, row(account).plus(amount)));
        return new Balances(next);
    }

    Set<Account> accounts() {
        return rows.keySet();
    }

    record Row(long id, long balance) {
        Row plus(long amount) {
            return new Row(id, Math.addExact(balance, amount));
        }
    }
}
