package io.streamsync.billing.stakes;

import io.streamsync.protocol.market.OperatorId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What operators had bonded at a time.
@Component
public class BondedStakes {

    private final JdbcClient jdbc;

    BondedStakes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// By the times of the changes, not of their booking; nano-STRM, of operators with any.
    public Map<OperatorId, Long> at(Instant time) {
        var stakes = new HashMap<OperatorId, Long>();
        jdbc.sql("""
                select split_part(a.name, ':', 2) operator_id, sum(e.amount)::bigint stake
                from ledger_account a join ledger_entry e on e.account_id = a.id join ledger_batch b on b.id = e.batch_id
                where a.asset = 'STRM' and a.name like 'operator:%:stake' and b.occurred_at < ?
                group by a.name having sum(e.amount) > 0""").param(Timestamp.from(time)).query(row -> {
            stakes.put(new OperatorId(row.getString("operator_id")), row.getLong("stake"));
        });
        return stakes;
    }
}
