package io.streamsync.billing.ledger;

import io.streamsync.protocol.money.Asset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The ledger's accounts with their balances.
@Repository
class LedgerAccounts {

    /// Accounts are opened in one order too, so that two transactions that open the same ones do not deadlock.
    private static final Comparator<Account> OPENING =
            Comparator.comparing(Account::name).thenComparing(Account::asset);

    private final JdbcClient jdbc;

    LedgerAccounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Balances lock(Collection<Account> wanted) {
        var accounts = wanted.stream().distinct().sorted(OPENING).toList();
        openMissing(accounts);
        var rows = new HashMap<Account, Balances.Row>();
        jdbc.sql("""
                select a.id, a.name, a.asset, a.balance
                from ledger_account a join unnest(:names, :assets) as w (name, asset)
                  on a.name = w.name and a.asset = w.asset
                order by a.id for update of a""").params(columns(accounts)).query(row -> {
            rows.put(
                    new Account(row.getString("name"), Asset.valueOf(row.getString("asset"))),
                    new Balances.Row(row.getLong("id"), row.getLong("balance")));
        });
        return new Balances(rows);
    }

    long balance(Account account) {
        return jdbc.sql("select balance from ledger_account where name = ? and asset = ?")
                .params(account.name(), account.asset().name())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    private void openMissing(List<Account> accounts) {
        jdbc.sql("""
                insert into ledger_account (name, asset)
                select w.name, w.asset from unnest(:names, :assets) as w (name, asset)
                where not exists (select from ledger_account a where a.name = w.name and a.asset = w.asset)
                order by w.name, w.asset
                on conflict (name, asset) do nothing""").params(columns(accounts)).update();
    }

    private static Map<String, Object> columns(List<Account> accounts) {
        return Map.of(
                "names", accounts.stream().map(Account::name).toArray(String[]::new),
                "assets",
                        accounts.stream().map(account -> account.asset().name()).toArray(String[]::new));
    }
}
