package io.streamsync.reputation.probing;

import io.streamsync.events.probe.NodeProbed;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What probers told of rounds that were not judged yet.
@Repository
class Probes {

    /// Longer than Kafka keeps a probe: what is told again is known.
    private static final Duration KEPT = Duration.ofDays(8);

    private final JdbcClient jdbc;

    Probes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Takes a probe in, once, and none of a round that was judged.
    void add(NodeProbed probed, Instant now) {
        jdbc.sql("""
                        insert into probing_probe (prober, round, node_id, operator_id, answered, slot, at, received_at)
                        select :prober, :round, :node, :operator, :answered, :slot::bigint, :at, :now
                        where not exists (select from probing_round where prober = :prober and round = :round)
                        on conflict do nothing
                        """)
                .param("prober", probed.prober())
                .param("round", probed.round())
                .param("node", new NodeId(probed.nodeId()).value())
                .param("operator", new OperatorId(probed.operatorId()).value())
                .param("answered", probed.answered())
                .param("slot", probed.slot())
                .param("at", Timestamp.from(earlier(probed.occurredAt(), now)))
                .param("now", Timestamp.from(now))
                .update();
    }

    /// A round that has ended and of which nothing more came for a while; the oldest first.
    Optional<Round> nextEnded(long running, Instant quietSince) {
        return jdbc.sql("""
                        select prober, round from probing_probe
                        where round < :running
                        group by prober, round having max(received_at) <= :quiet
                        order by round, prober limit 1
                        """)
                .param("running", running)
                .param("quiet", Timestamp.from(quietSince))
                .query((row, n) -> new Round(row.getString("prober"), row.getLong("round")))
                .optional();
    }

    /// The probes of a round, which are not kept any longer; none when it was judged before.
    List<Probe> takeUnjudged(Round round, Instant now) {
        var isNew = jdbc.sql("""
                                insert into probing_round (prober, round, judged_at) values (:prober, :round, :now)
                                on conflict do nothing
                                """)
                        .param("prober", round.prober())
                        .param("round", round.number())
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
        var probes = jdbc.sql("""
                        delete from probing_probe where prober = :prober and round = :round returning *
                        """)
                .param("prober", round.prober())
                .param("round", round.number())
                .query(Probes::row)
                .list();
        return isNew ? probes : List.of();
    }

    void forgetOld(Instant now) {
        var before = Timestamp.from(now.minus(KEPT));
        jdbc.sql("delete from probing_round where judged_at < :before")
                .param("before", before)
                .update();
        jdbc.sql("delete from probing_probe where received_at < :before")
                .param("before", before)
                .update();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Probe row(ResultSet row, int number) throws SQLException {
        var slot = row.getLong("slot");
        return new Probe(
                new NodeId(row.getString("node_id")),
                new OperatorId(row.getString("operator_id")),
                row.getBoolean("answered"),
                row.wasNull() ? null : slot,
                row.getTimestamp("at").toInstant());
    }

    /// @param number unix milliseconds over the interval between probes, rounded down
    record Round(String prober, long number) {}
}
