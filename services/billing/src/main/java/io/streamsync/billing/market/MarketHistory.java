package io.streamsync.billing.market;

import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.money.Amount;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// A class over time, step by step: for what it was sold at the end of each, and what was traded in it.
@Repository
class MarketHistory {

    private final JdbcClient jdbc;

    MarketHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param from where a step starts
    List<Point> of(QueryClass queryClass, Instant from, Instant to, Duration step) {
        return jdbc.sql("""
                with step as (
                    select at, at + :step::interval until
                    from generate_series(:from::timestamptz, :to::timestamptz - interval '1 microsecond', :step::interval) at)
                select s.at, b.best, b.median, coalesce(b.asks, 0) asks, coalesce(b.capacity, 0) capacity,
                    coalesce(t.charged, 0) charged, coalesce(t.queries, 0) queries
                from step s
                left join lateral (
                    select best, median, asks, capacity from market_book
                    where query_class = :class and minute < s.until and s.at <= now()
                    order by minute desc limit 1) b on true
                left join lateral (
                    select sum(charged) charged, sum(queries)::bigint queries from %1$s
                    where query_class = :class and %2$s >= s.at and %2$s < s.until) t on true
                order by s.at""".formatted(
                        isWholeHours(step) ? "market_hour" : "market_minute", isWholeHours(step) ? "hour" : "minute"))
                .param("class", queryClass.wireName())
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .param("step", step.toSeconds() + " seconds")
                .query((row, number) -> new Point(
                        row.getTimestamp("at").toInstant(),
                        decimal(row.getObject("best", Long.class)),
                        decimal(row.getObject("median", Long.class)),
                        row.getInt("asks"),
                        row.getLong("capacity"),
                        Amount.decimal(row.getBigDecimal("charged")),
                        row.getLong("queries")))
                .list();
    }

    /// Steps start at multiples of their length, so that these consist of whole hours.
    static boolean isWholeHours(Duration step) {
        return step.toSeconds() % Duration.ofHours(1).toSeconds() == 0;
    }

    private static @Nullable String decimal(@Nullable Long nano) {
        return nano == null ? null : Amount.decimal(nano);
    }

    /// @param at where the step starts
    /// @param best the lowest ask at its end; null where nobody sold
    /// @param volume USDC charged in it
    record Point(
            Instant at,
            @Nullable String best,
            @Nullable String median,
            int asks,
            long capacity,
            String volume,
            long queries) {}
}
