package io.streamsync.billing.earning;

import io.streamsync.protocol.market.OperatorId;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// What verdicts took from earnings that were held: later earnings had to stand in for it, so their release waits.
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Takings {

    private final JdbcClient jdbc;

    Takings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// To be called with the operators' held accounts locked.
    ///
    /// @param batchKey of the batch that took it
    /// @param taken nano-USDC
    public void add(String batchKey, Map<OperatorId, Long> taken) {
        if (taken.isEmpty()) {
            return;
        }
        var rows = List.copyOf(taken.entrySet());
        jdbc.sql("""
                insert into earning_taken (operator_id, batch_id, nano)
                select t.operator, b.id, t.nano from unnest(:operators, :nano) as t (operator, nano), ledger_batch b
                where b.key = :key""")
                .param("key", batchKey)
                .param(
                        "operators",
                        rows.stream().map(row -> row.getKey().value()).toArray(String[]::new))
                .param("nano", rows.stream().mapToLong(Map.Entry::getValue).toArray())
                .update();
    }

    /// What was taken by batches after that one.
    long after(OperatorId operator, long batch) {
        return jdbc.sql("select coalesce(sum(nano), 0) from earning_taken where operator_id = ? and batch_id > ?")
                .params(operator.value(), batch)
                .query(Long.class)
                .single();
    }

    /// What was taken up to that batch shows in the entries that have been counted.
    void forget(OperatorId operator, long batch) {
        jdbc.sql("delete from earning_taken where operator_id = ? and batch_id <= ?")
                .params(operator.value(), batch)
                .update();
    }
}
