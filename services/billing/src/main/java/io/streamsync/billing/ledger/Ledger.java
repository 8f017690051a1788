package io.streamsync.billing.ledger;

import io.streamsync.protocol.money.Asset;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Books batches. Part of the caller's transaction, whose last step it should be: hot accounts stay locked until the
/// commit.
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Ledger {

    private final JdbcClient jdbc;
    private final LedgerAccounts accounts;

    Ledger(JdbcClient jdbc, LedgerAccounts accounts) {
        this.jdbc = jdbc;
        this.accounts = accounts;
    }

    /// Locks accounts, opening those that are new, in one order for all, so that no two transactions wait for each
    /// other. A transaction locks once: all that it will book, and all that it has to see.
    public Balances lock(Collection<Account> wanted) {
        return accounts.lock(wanted);
    }

    /// Locks what the batch moves, and posts it.
    public Optional<Balances> post(Batch batch) {
        return post(batch, lock(batch.entries().accounts()));
    }

    /// Books the batch in one statement.
    ///
    /// @param locked at least all accounts of the batch
    /// @return the balances after it; empty when a batch of this key was booked before, and nothing changed now
    /// @throws ArithmeticException when a balance would leave 64 bits
    public Optional<Balances> post(Batch batch, Balances locked) {
        var changes = batch.entries().withoutZeros();
        var after = locked.after(changes);
        var id = insert(batch);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        if (!changes.isEmpty()) {
            var order = List.copyOf(changes.keySet());
            jdbc.sql("""
                    with moved as (
                        update ledger_account a set balance = a.balance + m.amount
                        from unnest(:accounts, :amounts) as m (id, amount) where a.id = m.id
                        returning a.id, a.asset, m.amount, a.balance)
                    insert into ledger_entry (batch_id, account_id, asset, amount, balance_after)
                    select :batch, id, asset, amount, balance from moved order by id""")
                    .param("batch", id.get())
                    .param(
                            "accounts",
                            order.stream()
                                    .mapToLong(account -> locked.row(account).id())
                                    .toArray())
                    .param("amounts", order.stream().mapToLong(changes::get).toArray())
                    .update();
        }
        return Optional.of(after);
    }

    /// Whether what was booked under the batch's key is what the batch books.
    public boolean isBooked(Batch batch) {
        var booked = new HashMap<Account, Long>();
        jdbc.sql("""
                select a.name, a.asset, e.amount from ledger_batch b
                join ledger_entry e on e.batch_id = b.id
                join ledger_account a on a.id = e.account_id
                where b.key = ?""").param(batch.key()).query(row -> {
            booked.put(
                    new Account(row.getString("name"), Asset.valueOf(row.getString("asset"))), row.getLong("amount"));
        });
        return booked.equals(batch.entries().withoutZeros());
    }

    /// The account's balance in nano-units; zero while it has not been opened.
    @Transactional(propagation = Propagation.SUPPORTS)
    public long balance(Account account) {
        return accounts.balance(account);
    }

    private Optional<Long> insert(Batch batch) {
        return jdbc.sql("""
                insert into ledger_batch (key, kind, occurred_at) values (?, ?, ?)
                on conflict (key) do nothing returning id""")
                .param(batch.key())
                .param(batch.kind().name())
                .param(Timestamp.from(batch.occurredAt()))
                .query(Long.class)
                .optional();
    }
}
