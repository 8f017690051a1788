package io.streamsync.reputation.publication;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.reputation.score.Score;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.ToIntFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Nodes' scores hour by hour: each as it was last in its hour.
@Repository
class ScoreHistory {

    /// A year, and some days to compare with.
    private static final Duration KEPT = Duration.ofDays(400);

    private final JdbcClient jdbc;

    ScoreHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void note(Map<NodeId, Score> scores, Instant now) {
        var all = List.copyOf(scores.entrySet());
        jdbc.sql("""
                        insert into publication_history
                            (node_id, hour, performance, accuracy, uptime, verified_races, flagged)
                        select n.node_id, :hour, n.performance, n.accuracy, n.uptime, n.verified_races, n.flagged
                        from unnest(:nodes::text[], :performances::integer[], :accuracies::integer[],
                                    :uptimes::integer[], :races::bigint[], :flags::boolean[])
                          as n (node_id, performance, accuracy, uptime, verified_races, flagged)
                        on conflict (node_id, hour) do update
                        set performance = excluded.performance, accuracy = excluded.accuracy,
                            uptime = excluded.uptime, verified_races = excluded.verified_races,
                            flagged = excluded.flagged
                        """)
                .param("hour", Timestamp.from(now.truncatedTo(ChronoUnit.HOURS)))
                .param("nodes", all.stream().map(one -> one.getKey().value()).toArray(String[]::new))
                .param("performances", integers(all, Score::meanPerformance))
                .param("accuracies", integers(all, Score::accuracy))
                .param("uptimes", integers(all, Score::uptime))
                .param(
                        "races",
                        all.stream().map(one -> one.getValue().verifiedRaces()).toArray(Long[]::new))
                .param(
                        "flags",
                        all.stream().map(one -> one.getValue().flagged()).toArray(Boolean[]::new))
                .update();
        jdbc.sql("delete from publication_history where hour < :before")
                .param("before", Timestamp.from(now.minus(KEPT)))
                .update();
    }

    /// The hours that begin in the period, the oldest first.
    List<Point> of(NodeId node, Period period) {
        return jdbc.sql("""
                        select * from publication_history
                        where node_id = :node and hour >= :from and hour < :to order by hour
                        """)
                .param("node", node.value())
                .param("from", Timestamp.from(period.from()))
                .param("to", Timestamp.from(period.to()))
                .query((row, n) -> new Point(
                        row.getTimestamp("hour").toInstant(),
                        Decimals.ofMillionths(row.getInt("performance")),
                        Decimals.ofMillionths(row.getInt("accuracy")),
                        Decimals.ofMillionths(row.getInt("uptime")),
                        row.getLong("verified_races"),
                        row.getBoolean("flagged")))
                .list();
    }

    private static Integer[] integers(List<Entry<NodeId, Score>> all, ToIntFunction<Score> score) {
        return all.stream().map(one -> score.applyAsInt(one.getValue())).toArray(Integer[]::new);
    }

    /// @param at when the hour began
    record Point(
            Instant at,
            BigDecimal performance,
            BigDecimal accuracy,
            BigDecimal uptime,
            long verifiedRaces,
            boolean flagged) {}
}
