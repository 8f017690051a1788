package io.streamsync.billing.ledger;

import io.streamsync.billing.ledger.Balances.Row;
import java.util.Map;
import java.util.stream.Collectors;

/// Balances without a database, for tests of what is decided over them.
public final class TestBalances {

    private TestBalances() {}

    public static Balances of(Map<Account, Long> balances) {
        return new Balances(balances.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, balance -> new Row(1, balance.getValue()))));
    }
}
