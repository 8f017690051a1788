package io.streamsync.onboarding.admission;

import io.streamsync.protocol.market.NodeId;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/// When each node's next round is due, and since when its checks fail. Instances share the work by claiming rows.
@Repository
class CheckSchedule {

    /// Longer than a round takes: if the instance that claimed it dies, another takes it up then.
    private static final Duration CLAIM = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final InstantSource clock;

    CheckSchedule(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Nodes whose round is due and that no other instance has claimed.
    @Transactional
    public List<NodeId> claim(int count) {
        var now = clock.instant();
        return jdbc.sql("""
                        update admission_schedule set next_round_at = :claimedUntil
                        where node_id = any (array(
                            select node_id from admission_schedule where next_round_at <= :now
                            order by next_round_at limit :count for update skip locked))
                        returning node_id""")
                .param("claimedUntil", Timestamp.from(now.plus(CLAIM)))
                .param("now", Timestamp.from(now))
                .param("count", count)
                .query((row, n) -> new NodeId(row.getString("node_id")))
                .list();
    }

    void begin(NodeId nodeId) {
        jdbc.sql("""
                        insert into admission_schedule (node_id, next_round_at) values (:nodeId, :now)
                        on conflict (node_id) do update set next_round_at = excluded.next_round_at, failing_since = null""")
                .param("nodeId", nodeId.value())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /// No round is due for as long as its operator is out of the market. What failed before is not forgotten:
    /// leaving and coming back buys no patience.
    void rest(NodeId nodeId) {
        jdbc.sql("update admission_schedule set next_round_at = 'infinity' where node_id = ?")
                .param(nodeId.value())
                .update();
    }

    void resume(NodeId nodeId) {
        jdbc.sql("""
                        insert into admission_schedule (node_id, next_round_at) values (:nodeId, :now)
                        on conflict (node_id) do update set next_round_at = excluded.next_round_at""")
                .param("nodeId", nodeId.value())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /// A round said nothing about the node: the next one is due at this time, not at the end of the claim. A node that
    /// left meanwhile goes on resting.
    void again(NodeId nodeId, Duration until) {
        jdbc.sql("update admission_schedule set next_round_at = ? where node_id = ? and next_round_at < 'infinity'")
                .params(Timestamp.from(clock.instant().plus(until)), nodeId.value())
                .update();
    }

    void passed(NodeId nodeId, Duration until) {
        jdbc.sql("update admission_schedule set next_round_at = ?, failing_since = null where node_id = ?")
                .params(Timestamp.from(clock.instant().plus(until)), nodeId.value())
                .update();
    }

    void failed(NodeId nodeId, Duration until) {
        var now = clock.instant();
        jdbc.sql("""
                        update admission_schedule
                        set next_round_at = :next, failing_since = coalesce(failing_since, :now)
                        where node_id = :nodeId""")
                .param("next", Timestamp.from(now.plus(until)))
                .param("now", Timestamp.from(now))
                .param("nodeId", nodeId.value())
                .update();
    }

    /// Since when the node's checks fail: since now, if they did not so far.
    Instant failingSince(NodeId nodeId) {
        var now = clock.instant();
        return jdbc.sql("select coalesce(failing_since, :now) from admission_schedule where node_id = :nodeId")
                .param("nodeId", nodeId.value())
                .param("now", Timestamp.from(now))
                .query((row, n) -> row.getTimestamp(1).toInstant())
                .optional()
                .orElse(now);
    }

    void end(NodeId nodeId) {
        jdbc.sql("delete from admission_schedule where node_id = ?")
                .param(nodeId.value())
                .update();
    }
}
