package io.streamsync.billing.market;

import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.record.StreamRecord;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What was traded in each class in each minute.
@Component
public class TradedMinutes {

    /// One order for all batches: what a crashed start of a router left is posted beside what the next one writes.
    private static final Comparator<TradesOfBatch.Key> ORDER =
            Comparator.comparing(TradesOfBatch.Key::minute).thenComparing(TradesOfBatch.Key::queryClass);

    private final JdbcClient jdbc;

    TradedMinutes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Counts records of one router that are posted in the caller's transaction.
    public void add(int router, Iterable<StreamRecord> records) {
        var batch = new TradesOfBatch();
        records.forEach(batch::take);
        if (!batch.sums().isEmpty()) {
            var rows = batch.sums().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey(ORDER))
                    .toList();
            add(router, rows);
            addHours(router, rows);
        }
    }

    /// All that was traded since then, by class.
    Map<QueryClass, Trades> since(Instant from) {
        var sums = new EnumMap<QueryClass, Trades>(QueryClass.class);
        jdbc.sql("""
                select query_class, sum(queries)::bigint queries, sum(charged)::bigint charged,
                    sum(sla_asked)::bigint sla_asked, sum(sla_met)::bigint sla_met, sum(refunds)::bigint refunds
                from market_minute where minute >= ? group by query_class""").param(Timestamp.from(from)).query(row -> {
            sums.put(
                    QueryClass.ofWireName(row.getString("query_class")).orElseThrow(),
                    new Trades(
                            row.getLong("queries"),
                            row.getLong("charged"),
                            row.getLong("sla_asked"),
                            row.getLong("sla_met"),
                            row.getLong("refunds")));
        });
        return sums;
    }

    private void add(int router, List<Map.Entry<TradesOfBatch.Key, Trades>> rows) {
        jdbc.sql("""
                insert into market_minute as m
                    (minute, query_class, router, queries, charged, sla_asked, sla_met, refunds)
                select to_timestamp(minute), class, :router, queries, charged, asked, met, refunds
                from unnest(:minutes, :classes, :queries, :charged, :asked, :met, :refunds)
                    as b (minute, class, queries, charged, asked, met, refunds)
                on conflict (minute, query_class, router) do update set queries = m.queries + excluded.queries,
                    charged = m.charged + excluded.charged, sla_asked = m.sla_asked + excluded.sla_asked,
                    sla_met = m.sla_met + excluded.sla_met, refunds = m.refunds + excluded.refunds""")
                .param("router", router)
                .param("minutes", minutes(rows))
                .param("classes", classes(rows))
                .param("queries", numbers(rows, Trades::queries))
                .param("charged", numbers(rows, Trades::charged))
                .param("asked", numbers(rows, Trades::slaAsked))
                .param("met", numbers(rows, Trades::slaMet))
                .param("refunds", numbers(rows, Trades::refunds))
                .update();
    }

    private void addHours(int router, List<Map.Entry<TradesOfBatch.Key, Trades>> rows) {
        jdbc.sql("""
                insert into market_hour as h (hour, query_class, router, queries, charged)
                select date_trunc('hour', to_timestamp(minute), 'UTC'), class, :router, sum(queries), sum(charged)
                from unnest(:minutes, :classes, :queries, :charged) as b (minute, class, queries, charged)
                group by 1, 2 order by 1, 2
                on conflict (query_class, hour, router) do update set queries = h.queries + excluded.queries,
                    charged = h.charged + excluded.charged""")
                .param("router", router)
                .param("minutes", minutes(rows))
                .param("classes", classes(rows))
                .param("queries", numbers(rows, Trades::queries))
                .param("charged", numbers(rows, Trades::charged))
                .update();
    }

    private static long[] minutes(List<Map.Entry<TradesOfBatch.Key, Trades>> rows) {
        return rows.stream()
                .mapToLong(row -> row.getKey().minute().getEpochSecond())
                .toArray();
    }

    private static String[] classes(List<Map.Entry<TradesOfBatch.Key, Trades>> rows) {
        return rows.stream().map(row -> row.getKey().queryClass().wireName()).toArray(String[]::new);
    }

    private static long[] numbers(List<Map.Entry<TradesOfBatch.Key, Trades>> rows, ToLongFunction<Trades> column) {
        return rows.stream()
                .mapToLong(row -> column.applyAsLong(row.getValue()))
                .toArray();
    }
}
