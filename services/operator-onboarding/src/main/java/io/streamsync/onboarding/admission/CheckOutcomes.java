package io.streamsync.onboarding.admission;

import io.streamsync.onboarding.admission.CheckOutcome.Outcome;
import io.streamsync.protocol.market.NodeId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What came out of each node's latest checks.
@Repository
class CheckOutcomes {

    private final JdbcClient jdbc;

    CheckOutcomes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// One for each check, in order; those that have not run are pending.
    List<CheckOutcome> of(NodeId nodeId) {
        Map<AdmissionCheck, CheckOutcome> known = jdbc
                .sql("select * from admission_check where node_id = ?")
                .param(nodeId.value())
                .query(CheckOutcomes::read)
                .list()
                .stream()
                .collect(Collectors.toMap(CheckOutcome::check, Function.identity()));
        return Arrays.stream(AdmissionCheck.values())
                .map(check -> known.getOrDefault(check, CheckOutcome.pending(check, "Has not run yet.")))
                .toList();
    }

    void write(NodeId nodeId, List<CheckOutcome> outcomes) {
        for (var outcome : outcomes) {
            var checkedAt = outcome.checkedAt();
            jdbc.sql("""
                            insert into admission_check (node_id, "check", outcome, detail, remedy, checked_at)
                            values (:nodeId, :check, :outcome, :detail, :remedy, :checkedAt)
                            on conflict (node_id, "check") do update
                                set outcome = excluded.outcome, detail = excluded.detail, remedy = excluded.remedy,
                                    checked_at = excluded.checked_at""")
                    .param("nodeId", nodeId.value())
                    .param("check", outcome.check().name())
                    .param("outcome", outcome.outcome().name())
                    .param("detail", outcome.detail())
                    .param("remedy", outcome.remedy())
                    .param("checkedAt", checkedAt == null ? null : Timestamp.from(checkedAt))
                    .update();
        }
    }

    void forget(NodeId nodeId) {
        jdbc.sql("delete from admission_check where node_id = ?")
                .param(nodeId.value())
                .update();
    }

    private static CheckOutcome read(ResultSet row, int n) throws SQLException {
        var checkedAt = row.getTimestamp("checked_at");
        return new CheckOutcome(
                AdmissionCheck.valueOf(row.getString("check")),
                Outcome.valueOf(row.getString("outcome")),
                row.getString("detail"),
                row.getString("remedy"),
                checkedAt == null ? null : checkedAt.toInstant());
    }
}
