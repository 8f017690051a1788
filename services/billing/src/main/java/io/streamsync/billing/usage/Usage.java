package io.streamsync.billing.usage;

import io.streamsync.billing.account.CustomerId;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The hourly sums: by customer and method, by customer and operator, by operator and method.
@Component
public class Usage {

    private static final String METHODS = """
            insert into usage_method as u (account_id, hour, method, queries, charged, refunded)
            select of, to_timestamp(hour), by, queries, charged, refunded
            from unnest(:of, :hour, :by, :queries, :charged, :refunded)
                as b (of, hour, by, queries, charged, refunded)
            on conflict (account_id, hour, method) do update set queries = u.queries + excluded.queries,
                charged = u.charged + excluded.charged, refunded = u.refunded + excluded.refunded""";

    /// One row, which is folded in later: with many operators nearly every race changes a sum of its own.
    private static final String OPERATORS = """
            insert into usage_batch (account_ids, hours, operator_ids, queries, charged, refunded)
            values (:of, :hour, :by, :queries, :charged, :refunded)""";

    private final JdbcClient jdbc;
    private final Earnings earnings;

    Usage(JdbcClient jdbc, Earnings earnings) {
        this.jdbc = jdbc;
        this.earnings = earnings;
    }

    public void add(UsageOfBatch batch) {
        add(METHODS, batch.methods);
        add(OPERATORS, batch.operators);
        earnings.add(batch.earnings);
    }

    /// What the customer was charged and given back since then.
    public Spending since(CustomerId customer, Instant from) {
        return jdbc.sql("""
                select coalesce(sum(charged), 0) charged, coalesce(sum(refunded), 0) refunded
                from usage_method where account_id = ? and hour >= ?""")
                .param(customer.value())
                .param(Timestamp.from(from))
                .query((row, number) -> new Spending(row.getBigDecimal("charged"), row.getBigDecimal("refunded")))
                .single();
    }

    private void add(String sql, Map<UsageOfBatch.Key, UsageOfBatch.Counts> sums) {
        if (sums.isEmpty()) {
            return;
        }
        var rows = sums.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        jdbc.sql(sql)
                .param("of", texts(rows, UsageOfBatch.Key::of))
                .param(
                        "hour",
                        rows.stream().mapToLong(row -> row.getKey().hour()).toArray())
                .param("by", texts(rows, UsageOfBatch.Key::by))
                .param("queries", numbers(rows, UsageOfBatch.Counts::queries))
                .param("charged", numbers(rows, UsageOfBatch.Counts::charged))
                .param("refunded", numbers(rows, UsageOfBatch.Counts::refunded))
                .update();
    }

    private static String[] texts(
            List<Map.Entry<UsageOfBatch.Key, UsageOfBatch.Counts>> rows, Function<UsageOfBatch.Key, String> column) {
        return rows.stream().map(row -> column.apply(row.getKey())).toArray(String[]::new);
    }

    private static long[] numbers(
            List<Map.Entry<UsageOfBatch.Key, UsageOfBatch.Counts>> rows, ToLongFunction<UsageOfBatch.Counts> column) {
        return rows.stream()
                .mapToLong(row -> column.applyAsLong(row.getValue()))
                .toArray();
    }

    /// Gross charges, and what of them came back or was never taken.
    public record Spending(BigDecimal charged, BigDecimal refunded) {}
}
