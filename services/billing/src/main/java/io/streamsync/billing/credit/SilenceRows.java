package io.streamsync.billing.credit;

import io.streamsync.billing.stream.Heard;
import io.streamsync.billing.stream.StreamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Keeps what was counted of silent streams over restarts of this service.
@Repository
class SilenceRows {

    private final JdbcClient jdbc;

    SilenceRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Kept read() {
        var kept = new Kept(new HashMap<>(), new HashMap<>());
        jdbc.sql("select router, incarnation, told_at, next_position, silent_millis, partitions from stream_silence")
                .query(row -> {
                    var heard = heard(row);
                    kept.counts.put(heard, Duration.ofMillis(row.getLong("silent_millis")));
                    kept.partitions.put(heard.stream(), row.getObject("partitions", Integer.class));
                });
        return kept;
    }

    /// Of several instances that look at once the one counts that has looked for longest.
    ///
    /// @param partitions of the topic; kept for streams that come for the first time
    void save(Map<Heard, Duration> counted, @Nullable Integer partitions) {
        var rows = counted.keySet().stream()
                .sorted(Comparator.comparingInt((Heard one) -> one.stream().router())
                        .thenComparingInt(one -> one.stream().incarnation()))
                .toList();
        jdbc.sql("""
                insert into stream_silence as s
                    (router, incarnation, told_at, next_position, silent_millis, partitions)
                select router, incarnation, told_at, next_position, silent_millis, :partitions::integer
                from unnest(:routers, :incarnations, :told::timestamptz[], :positions, :silent)
                    as c (router, incarnation, told_at, next_position, silent_millis)
                on conflict (router, incarnation) do update
                    set told_at = excluded.told_at, next_position = excluded.next_position,
                        silent_millis = case
                            when s.told_at is not distinct from excluded.told_at
                                and s.next_position = excluded.next_position
                            then greatest(s.silent_millis, excluded.silent_millis) else excluded.silent_millis end""")
                .param("routers", numbers(rows, one -> one.stream().router()))
                .param("incarnations", numbers(rows, one -> one.stream().incarnation()))
                .param("told", rows.stream().map(SilenceRows::toldAt).toArray(String[]::new))
                .param("positions", numbers(rows, Heard::nextPosition))
                .param(
                        "silent",
                        numbers(
                                rows,
                                one -> counted.getOrDefault(one, Duration.ZERO).toMillis()))
                .param("partitions", partitions)
                .update();
        jdbc.sql("""
                delete from stream_silence c using stream s
                where s.router = c.router and s.incarnation = c.incarnation
                    and (s.ended_at is not null or s.closed_at is not null)""").update();
    }

    private static long[] numbers(List<Heard> rows, ToLongFunction<Heard> column) {
        return rows.stream().mapToLong(column).toArray();
    }

    private static @Nullable String toldAt(Heard heard) {
        var toldAt = heard.toldAt();
        return toldAt == null ? null : toldAt.toString();
    }

    private static Heard heard(ResultSet row) throws SQLException {
        var toldAt = row.getTimestamp("told_at");
        return new Heard(
                new StreamId(row.getInt("router"), row.getInt("incarnation")),
                toldAt == null ? null : toldAt.toInstant(),
                row.getLong("next_position"));
    }

    /// @param counts by what was heard last: whatever was heard since has been silent for no time
    /// @param partitions of the topic when each stream came; null where that is not known
    record Kept(Map<Heard, Duration> counts, Map<StreamId, @Nullable Integer> partitions) {

        boolean knows(StreamId stream) {
            return partitions.containsKey(stream);
        }

        @Nullable
        Integer partitions(StreamId stream) {
            return partitions.get(stream);
        }
    }
}
