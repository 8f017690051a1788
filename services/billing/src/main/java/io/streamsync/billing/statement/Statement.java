package io.streamsync.billing.statement;

import java.sql.Timestamp;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The customers' view of the books. Written by whoever books, in the same transaction, with the customer's accounts
/// locked. No line gets a time for which the books are closed, nor one that the database's clock has not reached.
@Component
public class Statement {

    private final JdbcClient jdbc;

    Statement(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void add(List<StatementEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        jdbc.sql("""
                with closed as (select until from ledger_closing for share)
                insert into statement_entry (account_id, occurred_at, kind, amount, balance_after, reference)
                select account, greatest(least(at, clock_timestamp()), closed.until), kind, amount, balance, reference
                from closed, unnest(:accounts, :at, :kinds, :amounts, :balances, :references)
                    with ordinality as e (account, at, kind, amount, balance, reference, place)
                order by place""")
                .param("accounts", texts(entries, entry -> entry.customer().value()))
                .param(
                        "at",
                        entries.stream()
                                .map(entry -> Timestamp.from(entry.occurredAt()))
                                .toArray(Timestamp[]::new))
                .param("kinds", texts(entries, entry -> entry.kind().name()))
                .param("amounts", numbers(entries, StatementEntry::amount))
                .param("balances", numbers(entries, StatementEntry::balanceAfter))
                .param("references", texts(entries, StatementEntry::reference))
                .update();
    }

    private static String[] texts(List<StatementEntry> entries, Function<StatementEntry, String> column) {
        return entries.stream().map(column).toArray(String[]::new);
    }

    private static long[] numbers(List<StatementEntry> entries, ToLongFunction<StatementEntry> column) {
        return entries.stream().mapToLong(column).toArray();
    }
}
