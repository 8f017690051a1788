package io.streamsync.billing.refund;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// All refunds, one per race at most: the database refuses a second, and one above the fee.
@Component
public class Refunds {

    private static final String REFUND = """
            select id, race_id, router, incarnation, sequence, account_id, reason, amount, charged, reversed, occurred_at
            from refund\s""";

    private final JdbcClient jdbc;

    Refunds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void add(List<Refund> refunds) {
        if (refunds.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into refund (refund_id, race_id, router, incarnation, sequence, account_id, reason,
                    amount, charged, reversed, occurred_at)
                select * from unnest(:ids, :races, :routers, :incarnations, :sequences, :accounts, :reasons,
                    :amounts, :charged, :reversed, :at)""")
                .param("ids", texts(refunds, Refund::id))
                .param("races", texts(refunds, Refund::raceId))
                .param("routers", numbers(refunds, refund -> refund.address().router()))
                .param(
                        "incarnations",
                        numbers(refunds, refund -> refund.address().incarnation()))
                .param("sequences", numbers(refunds, refund -> refund.address().sequence()))
                .param("accounts", texts(refunds, refund -> refund.customer().value()))
                .param("reasons", texts(refunds, refund -> refund.reason().name()))
                .param("amounts", numbers(refunds, Refund::amount))
                .param("charged", numbers(refunds, Refund::charged))
                .param("reversed", numbers(refunds, Refund::reversed))
                .param(
                        "at",
                        refunds.stream()
                                .map(refund -> Timestamp.from(refund.occurredAt()))
                                .toArray(Timestamp[]::new))
                .update();
    }

    public Optional<Refund> ofRace(RaceAddress address) {
        return jdbc.sql(REFUND + "where router = ? and incarnation = ? and sequence = ?")
                .params(address.router(), address.incarnation(), address.sequence())
                .query(Refunds::refund)
                .optional();
    }

    /// A customer's refunds, newest first.
    List<Listed> ofCustomer(CustomerId customer, Instant from, Instant to, long before, int limit) {
        return jdbc.sql(REFUND + """
                where account_id = ? and id < ? and occurred_at >= ? and occurred_at < ? order by id desc limit ?""")
                .params(customer.value(), before, Timestamp.from(from), Timestamp.from(to), limit)
                .query((row, number) -> new Listed(row.getLong("id"), refund(row, number)))
                .list();
    }

    private static Refund refund(ResultSet row, int number) throws SQLException {
        return new Refund(
                row.getString("race_id"),
                new RaceAddress(row.getInt("router"), row.getInt("incarnation"), row.getLong("sequence")),
                new CustomerId(row.getString("account_id")),
                RefundReason.valueOf(row.getString("reason")),
                row.getLong("amount"),
                row.getLong("charged"),
                row.getLong("reversed"),
                row.getTimestamp("occurred_at").toInstant());
    }

    private static String[] texts(List<Refund> refunds, Function<Refund, String> column) {
        return refunds.stream().map(column).toArray(String[]::new);
    }

    private static long[] numbers(List<Refund> refunds, ToLongFunction<Refund> column) {
        return refunds.stream().mapToLong(column).toArray();
    }

    /// A refund with its place in the list.
    record Listed(long place, Refund refund) {}
}
