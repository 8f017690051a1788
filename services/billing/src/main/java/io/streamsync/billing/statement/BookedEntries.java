package io.streamsync.billing.statement;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.paging.Period;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads statements.
@Repository
class BookedEntries {

    private final JdbcClient jdbc;

    BookedEntries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A customer's entries of a time, newest first.
    List<Booked> of(CustomerId customer, Period period, long before, int limit) {
        return jdbc.sql("""
                select id, occurred_at, kind, amount, balance_after, reference from statement_entry
                where account_id = :account and id < :before and occurred_at >= :from and occurred_at < :to
                order by id desc limit :limit""")
                .param("account", customer.value())
                .param("before", before)
                .param("from", Timestamp.from(period.from()))
                .param("to", Timestamp.from(period.to()))
                .param("limit", limit)
                .query((row, number) -> new Booked(
                        row.getLong("id"),
                        row.getTimestamp("occurred_at").toInstant(),
                        row.getString("kind"),
                        row.getLong("amount"),
                        row.getLong("balance_after"),
                        row.getString("reference")))
                .list();
    }

    record Booked(long id, Instant occurredAt, String kind, long amount, long balanceAfter, String reference) {}
}
